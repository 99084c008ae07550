import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { Suspense } from "react";
import classes from "../client/client.module.css";
import { Tabs } from "../shell/tabs.tsx";
import { Waiting } from "../shell/waiting.tsx";

/** The parts of the library, around each of them. */
export function LibraryFrame() {
  const tab = classes.tab ?? "";
  const inChapter = useLocation({ select: ({ pathname }) => pathname.startsWith("/library/chapters/") });
  return (
    <>
      <div className={classes.frame}>
        <span className={classes.clientName}>Library</span>
        <Tabs label="Library">
          <Link
            to="/library"
            className={tab}
            activeOptions={{ exact: true }}
            // A chapter is read under "Problems".
            {...(inChapter ? { inactiveProps: { "data-status": "active" } } : {})}
          >
            Problems
          </Link>
          <Link to="/library/homework" className={tab}>
            Homework
          </Link>
          <Link to="/library/courses" className={tab}>
            Courses of sessions
          </Link>
          <Link to="/library/cases" className={tab}>
            Worked cases
          </Link>
          <Link to="/library/evidence" className={tab}>
            Evidence
          </Link>
          <Link to="/settings/library" className={tab}>
            Your own
          </Link>
        </Tabs>
      </div>
      <Suspense fallback={<Waiting />}>
        <Outlet />
      </Suspense>
    </>
  );
}
