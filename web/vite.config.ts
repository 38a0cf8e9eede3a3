import { lingui } from "@lingui/vite-plugin";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { joined } from "./chunks.config.ts";

const here = (path: string): string => new URL(path, import.meta.url).pathname;
const APP = '\n    <div id="app">';
const STYLES = /\s*<link rel="stylesheet"[^>]*>/g;

/** The shell is seen before the styles of what comes after it are there. */
const shellFirst: Plugin = {
  name: "shell-first",
  transformIndexHtml: {
    order: "post",
    handler: (page) => page.replace(STYLES, "").replace(APP, `${page.match(STYLES)?.join("") ?? ""}${APP}`),
  },
};

export default defineConfig(async ({ command, mode }) => {
  const isBuilt = command === "build";
  const files = isBuilt && mode !== "parts" ? await joined(here("vite.config.ts")) : new Map<string, string>();
  return {
    plugins: [
      tanstackRouter({ autoCodeSplitting: true, quoteStyle: "double", semicolons: true }),
      lingui({ macroTransform: true }),
      react(),
      shellFirst,
    ],
    base: isBuilt ? "/static/app/" : "/",
    resolve: { alias: { "@": here("src") } },
    html: { cspNonce: "__nonce__" },
    build: {
      target: "es2022",
      modulePreload: { polyfill: false },
      // What may weigh how much is held by a test.
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        output: {
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [{ debugName: "start and frame", name: (id: string) => files.get(id) ?? null }],
          },
        },
      },
    },
    server: { proxy: { "/api": { target: process.env.SPONA_API ?? "http://localhost:8000", changeOrigin: false } } },
    test: { include: ["tests/**/*.test.ts?(x)"], environment: "jsdom" },
  };
});
