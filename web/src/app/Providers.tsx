import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@/ui/ui.css";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queryClient } from "@/api";
import { nonce } from "@/app/nonce";
import { readable, theme } from "@/ui/theme";

const schemes = localStorageColorSchemeManager({ key: "spona-scheme" });

export const Providers = ({ children }: { children: ReactNode }) => (
  <I18nProvider i18n={i18n}>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={readable}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-center" containerWidth={480} />
        {children}
      </QueryClientProvider>
    </MantineProvider>
  </I18nProvider>
);
