// First: it has to be in force before any schema is made.
import "./zod-without-eval.ts";
import "./layers.css";
import "@mantine/core/styles.layer.css";
import "@fontsource-variable/figtree/wght.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "./theme.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api/query-client.ts";
import { watchHandOver } from "./hand-over/handed-over.ts";
import { router } from "./router.tsx";
import { watchPage } from "./save-state/savers.ts";
import { cssVariables, theme } from "./theme.ts";

watchPage();
watchHandOver();
// A page that the browser kept aside and brings back with "Back" would show a chart after signing out; it is asked for anew instead.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

const place = document.getElementById("root");
if (place === null) throw new Error("The page has no element with the id root.");
createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme="light">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
