import { lingui } from "@lingui/vite-plugin";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig(({ command }) => ({
  plugins: [
    tanstackRouter({ autoCodeSplitting: true, quoteStyle: "double", semicolons: true }),
    lingui({ macroTransform: true }),
    react(),
  ],
  base: command === "build" ? "/static/app/" : "/",
  resolve: { alias: { "@": new URL("src", import.meta.url).pathname } },
  html: { cspNonce: "__nonce__" },
  build: { target: "es2022", modulePreload: { polyfill: false } },
  server: { proxy: { "/api": { target: process.env.SPONA_API ?? "http://localhost:8000", changeOrigin: false } } },
  test: { include: ["tests/**/*.test.ts?(x)"], environment: "jsdom" },
}));
