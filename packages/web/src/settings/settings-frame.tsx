import { Link, Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { hasRole, useSignedIn } from "../api/session.ts";
import classes from "../client/client.module.css";
import { Tabs } from "../shell/tabs.tsx";
import { Waiting } from "../shell/waiting.tsx";

/** The ways to the parts of the settings; around each of them. */
export function SettingsFrame() {
  const { member, practice } = useSignedIn();
  const owner = hasRole(member, "owner");
  return (
    <>
      <div className={classes.frame}>
        <span className={classes.clientName}>{practice.name}</span>
        <Tabs label="Settings">
          {owner && (
            <>
              <Link to="/settings/practice" className={classes.tab ?? ""}>
                Practice
              </Link>
              <Link to="/settings/people" className={classes.tab ?? ""}>
                People
              </Link>
            </>
          )}
          <Link to="/settings/security" className={classes.tab ?? ""}>
            Password and second factor
          </Link>
          {hasRole(member, "owner", "clinician", "supervisor") && (
            <>
              <Link to="/settings/library" className={classes.tab ?? ""}>
                Own library
              </Link>
              <Link to="/settings/measures" className={classes.tab ?? ""}>
                Measures
              </Link>
            </>
          )}
          {hasRole(member, "owner", "clinician", "supervisor") && (
            <Link to="/settings/calendar" className={classes.tab ?? ""}>
              Calendar
            </Link>
          )}
          {hasRole(member, "owner", "clinician", "supervisor") && (
            <Link to="/settings/import" className={classes.tab ?? ""}>
              Bring in scores
            </Link>
          )}
          {owner && (
            <Link to="/settings/audit" className={classes.tab ?? ""}>
              Audit trail
            </Link>
          )}
        </Tabs>
      </div>
      <Suspense fallback={<Waiting />}>
        <Outlet />
      </Suspense>
    </>
  );
}
