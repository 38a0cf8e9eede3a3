import "@/app/trusted";
import { createRouter, RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { firstLocale, speak } from "@/app/i18n";
import { keepShell } from "@/app/keep-shell";
import { Providers } from "@/app/Providers";
import { NotHere, Broken, Waiting } from "@/app/states";
import { routeTree } from "@/routeTree.gen";

const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPendingMs: 200,
  scrollRestoration: true,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: NotHere,
  defaultPendingComponent: Waiting,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

// Not awaited up here: these texts are in the file that would wait for itself.
void speak(firstLocale()).then(() => {
  const place = document.getElementById("app");
  if (place === null) return;
  flushSync(() =>
    createRoot(place).render(
      <StrictMode>
        <Providers>
          <RouterProvider router={router} />
        </Providers>
      </StrictMode>,
    ),
  );
  document.getElementById("shell")?.remove();
});
keepShell();
