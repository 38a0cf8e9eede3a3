import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from "@mantine/core";

const teal: MantineColorsTuple = [
  "#e6f6f4",
  "#cdebe7",
  "#a0d8d2",
  "#70c4bc",
  "#48b2a9",
  "#2c9a92",
  "#17827b",
  "#0f6e69",
  "#0b5d5a",
  "#064744",
];

/** One accent colour, large touch targets, the system's own letters (both scripts are in them). */
export const theme = createTheme({
  colors: { teal },
  primaryColor: "teal",
  primaryShade: { light: 8, dark: 3 },
  autoContrast: true,
  // Mantine reckons the contrast of the accent from its light shade alone.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    const accent = input.variant === "filled" && (input.color ?? input.theme.primaryColor) === input.theme.primaryColor;
    return accent ? { ...colors, color: "var(--mantine-primary-color-contrast)" } : colors;
  },
  luminanceThreshold: 0.32,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  defaultRadius: "md",
  respectReducedMotion: true,
  components: {
    // A menu is read where it was opened, and holds nothing but its items.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
    // A long list scrolls by itself: a box around it would be a place that the keyboard cannot reach.
    Select: { defaultProps: { withScrollArea: false } },
    MultiSelect: { defaultProps: { withScrollArea: false } },
  },
  cursorType: "pointer",
  headings: {
    fontWeight: "650",
    sizes: { h1: { fontSize: "1.5rem" }, h2: { fontSize: "1.2rem" }, h3: { fontSize: "1.05rem" } },
  },
});

/** Mantine's faint texts have too little contrast to be read in the street. */
export const readable: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#4f575e",
    "--mantine-color-placeholder": "#5c656d",
    "--mantine-color-error": "#b3261e",
    "--mantine-color-anchor": "var(--mantine-color-teal-8)",
  },
  dark: {
    "--mantine-color-dimmed": "#b3bbc0",
    "--mantine-color-placeholder": "#a3abb0",
    "--mantine-color-error": "#ff8f87",
    "--mantine-color-anchor": "var(--mantine-color-teal-3)",
  },
});
