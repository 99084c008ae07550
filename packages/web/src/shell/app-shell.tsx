import { Anchor, Menu, UnstyledButton } from "@mantine/core";
import { Link, Outlet, useLocation, useRouter } from "@tanstack/react-router";
import { AlertsLink } from "../alerts/alerts-link.tsx";
import { useReachable } from "../api/connection.ts";
import { hasRole, signOut, useSignedIn } from "../api/session.ts";
import { SaveIndicator } from "../save-state/save-indicator.tsx";
import { anythingUnsaved, saversSettled, useOverallSaveState } from "../save-state/savers.ts";
import { IdleWatch } from "../session/idle-watch.tsx";
import { BrandMark } from "./brand.tsx";
import { Icon } from "./icon.tsx";
import classes from "./shell.module.css";

/** Everything around a page once somebody is signed in: skip link, navigation, and what must be known on every page. */
export function AppShell() {
  const { member, practice } = useSignedIn();
  return (
    <>
      <a href="#main" className={classes.skip}>
        Skip to the page
      </a>
      {practice.isDemo && (
        <aside className={classes.banner} data-tone="demo" aria-label="Demo practice">
          You are looking round a demo practice. Every client here is made up; nothing here belongs to a real person.{" "}
          <Anchor component="button" type="button" c="straw.9" onClick={() => void leave()}>
            Leave the demo
          </Anchor>
        </aside>
      )}
      <header className={classes.header}>
        <div className={classes.bar}>
          <Link to="/" className={classes.brand ?? ""}>
            <BrandMark />
            <span className={classes.brandName}>Trellis</span>
          </Link>
          <nav className={classes.nav} aria-label="Main">
            {hasRole(member, "owner", "clinician", "supervisor") && (
              <Link to="/my-day" className={classes.navLink ?? ""}>
                My day
              </Link>
            )}
            <Link to="/clients" className={classes.navLink ?? ""}>
              Clients
            </Link>
            {hasRole(member, "owner", "clinician", "supervisor") && (
              <>
                <Link to="/calendar" className={classes.navLink ?? ""}>
                  Calendar
                </Link>
                <Link to="/week" className={classes.navLink ?? ""}>
                  This week
                </Link>
                <AlertsLink />
              </>
            )}
            {hasRole(member, "owner", "clinician", "supervisor") && (
              <Link to="/library" className={classes.navLink ?? ""}>
                Library
              </Link>
            )}
            {hasRole(member, "owner", "supervisor") && (
              <Link to="/outcomes" className={classes.navLink ?? ""}>
                Outcomes
              </Link>
            )}
            <Link to="/settings" className={classes.navLink ?? ""}>
              {hasRole(member, "owner") ? "Practice" : "Settings"}
            </Link>
          </nav>
          <UnsavedElsewhere />
          <MemberMenu name={member.name} credentials={member.credentials} practiceName={practice.name} />
        </div>
        <ConnectionBanner />
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
        <IdleWatch idleMinutes={practice.idleMinutes} />
      </main>
    </>
  );
}

/** Something typed is not saved, on this page or on one that was left: shown wherever one is. */
function UnsavedElsewhere() {
  const { state, href } = useOverallSaveState();
  const here = useLocation({ select: ({ pathname }) => pathname });
  if (state.kind === "saved" || state.kind === "unsaved" || state.kind === "saving" || href === here) return null;
  return href === null ? (
    <SaveIndicator state={state} full={false} />
  ) : (
    <Link to={href}>
      <SaveIndicator state={state} full={false} />
    </Link>
  );
}

function ConnectionBanner() {
  const reachable = useReachable();
  return (
    // Lies over the page instead of pushing it down: nothing moves under somebody's hands.
    <div role="status" className={classes.away}>
      {!reachable && (
        <p className={classes.banner} data-tone="warning">
          Trellis cannot be reached right now. What you type stays on this page; the connection is tried again by itself.
        </p>
      )}
    </div>
  );
}

/** Signs out, after everything typed is saved. */
async function leave(): Promise<void> {
  await saversSettled(5000);
  if (anythingUnsaved() && !window.confirm("Something you typed is not saved yet and would be lost. Sign out all the same?")) return;
  await signOut();
  // A fresh page: nothing of this session stays in memory.
  window.location.assign("/sign-in");
}

function MemberMenu({
  name,
  credentials,
  practiceName,
}: {
  readonly name: string;
  readonly credentials: string;
  readonly practiceName: string;
}) {
  const router = useRouter();
  return (
    <Menu position="bottom-end" width={260} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes.navLink ?? ""} aria-label={`You: ${name}`} style={{ gap: "0.4rem" }}>
          <Icon name="person" />
          <span className={classes.memberName}>{name.split(" ")[0]}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label c="dimmed">
          {name}
          {credentials === "" ? "" : `, ${credentials}`}
          <br />
          {practiceName}
        </Menu.Label>
        <Menu.Item onClick={() => void router.navigate({ to: "/settings/security" })}>Password and second factor</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
