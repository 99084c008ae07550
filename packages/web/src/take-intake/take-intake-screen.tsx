import { Alert, Button, NativeSelect, Stack, VisuallyHidden } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type IntakeSection, intakeSectionKeys } from "@trellis/domain/intake/intake";
import type { ComponentType } from "react";
import type { Chart } from "../api/clients.ts";
import { useChart } from "../client/use-chart.ts";
import { ChooseText, chooseTextId } from "../save-state/choose-text.tsx";
import { SaveIndicator } from "../save-state/save-indicator.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault } from "../shell/waiting.tsx";

import { fieldNames } from "./field-names.ts";
import { type SectionForm, sectionForms } from "./section-forms.tsx";
import { intakeProgress, type SectionState, sectionNames } from "./sections.ts";
import classes from "./take-intake.module.css";
import { useIntakeSection } from "./use-intake-section.ts";

const stateWords: Record<SectionState, string> = { empty: "nothing yet", started: "begun", filled: "filled in" };

/** One section of the intake, filled in in any order and saved as it is typed. */
export function TakeIntakeScreen() {
  const { clientId, section } = useParams({ from: "/signed-in/shell/clients/$clientId/intake/$section" });
  const chart = useChart(clientId);
  const known = intakeSectionKeys.find((key) => key === section);
  if (known === undefined) return <PageFault error={new Error("The intake has no such section.")} />;
  return (
    <div className={classes.layout}>
      <SectionNav chart={chart} section={known} />
      <Section key={`${clientId}/${known}`} chart={chart} section={known} />
    </div>
  );
}

function SectionNav({ chart, section }: { readonly chart: Chart; readonly section: IntakeSection }) {
  const navigate = useNavigate();
  const { states, filled } = intakeProgress(chart.intake);
  return (
    <>
      <nav className={classes.nav} aria-label="Sections of the intake">
        <ol>
          {intakeSectionKeys.map((key) => (
            <li key={key}>
              <Link to="/clients/$clientId/intake/$section" params={{ clientId: chart.id, section: key }} className={classes.section ?? ""}>
                <span className={classes.mark} data-state={states[key]} aria-hidden="true">
                  {states[key] === "filled" && <Icon name="check" size={14} />}
                </span>
                {sectionNames[key].name}
                <VisuallyHidden>, {stateWords[states[key]]}</VisuallyHidden>
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      <div className={classes.phoneNav}>
        <NativeSelect
          label={`Section (${filled} of ${intakeSectionKeys.length} filled in)`}
          value={section}
          data={intakeSectionKeys.map((key) => ({ value: key, label: `${sectionNames[key].name}: ${stateWords[states[key]]}` }))}
          onChange={(event) =>
            void navigate({ to: "/clients/$clientId/intake/$section", params: { clientId: chart.id, section: event.currentTarget.value } })
          }
        />
      </div>
    </>
  );
}

function Section<S extends IntakeSection>({ chart, section }: { readonly chart: Chart; readonly section: S }) {
  const { name, lead } = sectionNames[section];
  usePageTitle(`${name} · ${initials(chart.client.name)}`);
  const draft = useIntakeSection(chart, section);
  const Form: ComponentType<SectionForm<S>> = sectionForms[section];
  const index = intakeSectionKeys.indexOf(section);
  const before = intakeSectionKeys[index - 1];
  const after = intakeSectionKeys[index + 1];
  return (
    <div className={classes.form}>
      <PageHeading lead={lead}>{name}</PageHeading>
      <Stack gap="lg">
        <Form content={draft.content} change={draft.change} problems={draft.problems} />
      </Stack>
      {/* At the end, so that nothing moves under somebody who is typing. */}
      {draft.dispute !== null && <ChooseText names={fieldNames[section]} dispute={draft.dispute} onSettle={draft.settle} />}
      {draft.takenIn && (
        <Alert color="leaf" role="status" mb="md" title="Changes from elsewhere were taken in">
          Another tab or person changed other fields of this section. Both sets of changes are kept.
        </Alert>
      )}
      <div className={classes.saveBar}>
        <SaveIndicator state={draft.state} {...(draft.dispute === null ? {} : { action: <a href={`#${chooseTextId}`}>Choose now</a> })} />
        <span className={classes.ways}>
          {before !== undefined && (
            <Button variant="default" component={Link} to={`/clients/${chart.id}/intake/${before}`}>
              Back
            </Button>
          )}
          {after !== undefined ? (
            <Button variant="light" component={Link} to={`/clients/${chart.id}/intake/${after}`}>
              Next: {sectionNames[after].name}
            </Button>
          ) : (
            <Button variant="light" component={Link} to={`/clients/${chart.id}`}>
              To the overview
            </Button>
          )}
        </span>
      </div>
    </div>
  );
}
