import { useLocation } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import classes from "../client/client.module.css";

/** The ways to the parts of a chart or of the settings. On a narrow screen they scroll, and the one that is open stays in sight. */
export function Tabs({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const nav = useRef<HTMLElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  // Another page means another open tab.
  useEffect(() => {
    const open = nav.current?.querySelector<HTMLElement>("[data-status=active]");
    if (nav.current !== null && open != null) nav.current.scrollLeft = open.offsetLeft - (nav.current.clientWidth - open.clientWidth) / 2;
  }, [path]);
  return (
    <nav className={classes.tabs} aria-label={label} ref={nav}>
      {children}
    </nav>
  );
}
