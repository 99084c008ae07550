import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { alertCountQuery } from "../api/alerts.ts";
import { queryClient } from "../api/query-client.ts";
import shell from "../shell/shell.module.css";
import classes from "./alerts.module.css";

/** The way to the alerts, with how many wait. */
export function AlertsLink() {
  const { data } = useQuery(alertCountQuery);
  // What was just done on the page that is left may have raised one.
  const path = useLocation({ select: ({ pathname }) => pathname });
  useEffect(() => {
    if (path !== "") void queryClient.invalidateQueries({ queryKey: alertCountQuery.queryKey });
  }, [path]);
  const { count, risk } = data ?? { count: 0, risk: 0 };
  return (
    <Link to="/alerts" className={shell.navLink ?? ""}>
      Alerts
      {count > 0 && (
        <>
          <span className={classes.count} data-risk={risk > 0} aria-hidden="true">
            {count > 99 ? "99+" : count}
          </span>
          <VisuallyHidden>
            : {count} open{risk > 0 ? `, ${risk} about safety` : ""}
          </VisuallyHidden>
        </>
      )}
    </Link>
  );
}
