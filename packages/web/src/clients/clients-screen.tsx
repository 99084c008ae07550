import { Badge, Button, SegmentedControl, Skeleton, Stack, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery, usePrefetchQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { type ClientLine, clientPage } from "../api/clients.ts";
import { measuresQuery } from "../api/reference.ts";
import { hasRole, useSignedIn } from "../api/session.ts";
import { useToday } from "../session/today.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault } from "../shell/waiting.tsx";
import { nextInList, planWords } from "./client-line.ts";
import classes from "./clients.module.css";
import { FindClosed } from "./find-closed.tsx";

/** All clients one may see, found as one types. `/` goes to the search, the arrows go through the list, Enter opens. */
export function ClientsScreen() {
  usePageTitle("Clients");
  const { member } = useSignedIn();
  const navigate = useNavigate();
  const today = useToday();
  const [typed, setTyped] = useState("");
  const [filter, setFilter] = useState<"mine" | "all">(hasRole(member, "clinician") ? "mine" : "all");
  const q = useDeferredValue(typed.trim());
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);

  // Every client's page needs the measures, which are the same for all: with them here already, it opens sooner.
  usePrefetchQuery(measuresQuery);
  const pages = useInfiniteQuery({
    queryKey: ["clients", q, filter],
    queryFn: ({ pageParam, signal }) => clientPage(q, filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  const lines = pages.data?.pages.flatMap((page) => page.clients) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  const totalWords = `${pages.data?.pages[0]?.more === true ? "more than " : ""}${total.toLocaleString("en-US")}`;

  const practiceClient = lines.find((client) => client.isPracticeClient);
  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (
        event.key !== "/" ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        target.closest("input, textarea, select, [contenteditable]") !== null
      )
        return;
      event.preventDefault();
      search.current?.focus();
      search.current?.select();
    };
    window.addEventListener("keydown", slash);
    return () => window.removeEventListener("keydown", slash);
  }, []);

  function arrows(event: React.KeyboardEvent): void {
    const links = [...(list.current?.querySelectorAll("a") ?? [])];
    const to = nextInList(event.key, links.indexOf(document.activeElement as HTMLAnchorElement), links.length);
    if (to === null) return;
    event.preventDefault();
    if (to === -1) search.current?.focus();
    else links[to]?.focus();
  }

  // The practice client is there to try things on; a list that holds nobody else is still to be begun.
  const nothingAtAll = pages.data !== undefined && !pages.isPlaceholderData && q === "" && lines.every((client) => client.isPracticeClient);
  return (
    <>
      <PageHeading
        keepFocus
        actions={
          <Button leftSection={<Icon name="plus" />} onClick={() => void navigate({ to: "/clients/new" })}>
            Add a client
          </Button>
        }
      >
        Clients
      </PageHeading>
      <search onKeyDown={arrows}>
        <div className={classes.tools}>
          <TextInput
            ref={search}
            type="search"
            aria-label="Find a client by name, record number or date of birth"
            placeholder="Name, record number or date of birth"
            leftSection={<Icon name="search" />}
            rightSection={<kbd className={classes.key}>/</kbd>}
            value={typed}
            autoComplete="off"
            maxLength={200}
            autoFocus
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              const first = lines[0];
              if (event.key === "Enter" && first !== undefined && !pages.isPlaceholderData)
                void navigate({ to: "/clients/$clientId", params: { clientId: first.id } });
              if (event.key === "Escape") setTyped("");
            }}
            className={classes.search}
          />
          <SegmentedControl
            aria-label="Whose clients"
            value={filter}
            onChange={(value) => setFilter(value === "mine" ? "mine" : "all")}
            data={[
              { value: "mine", label: "In my care" },
              { value: "all", label: "All I may see" },
            ]}
          />
        </div>
        <VisuallyHidden role="status">
          {pages.data === undefined || pages.isPlaceholderData ? "" : q === "" ? "" : `${totalWords} found`}
        </VisuallyHidden>
        {pages.error !== null ? (
          <PageFault error={pages.error} retry={() => void pages.refetch()} />
        ) : pages.data === undefined ? (
          <Stack gap="xs" aria-hidden="true">
            {[0, 1, 2, 3].map((n) => (
              <Skeleton key={n} height={72} radius="lg" />
            ))}
          </Stack>
        ) : nothingAtAll ? (
          <EmptyState
            title={filter === "mine" ? "Nobody is in your care yet" : "There are no clients yet"}
            action={
              <Button component={Link} to="/clients/new">
                Add your first client
              </Button>
            }
          >
            A name and a date of birth are enough to begin.
            {practiceClient === undefined ? null : (
              <>
                {" "}
                To try things out first, open{" "}
                <Link to="/clients/$clientId" params={{ clientId: practiceClient.id }}>
                  {practiceClient.name}
                </Link>
                , a practice client who is made up and counted nowhere.
              </>
            )}
            {filter === "mine" && " Clients of others in your practice are under “All I may see”."}
          </EmptyState>
        ) : lines.length === 0 ? (
          <EmptyState
            icon="search"
            title={`Nobody is found for “${q}”`}
            action={
              <Button variant="default" onClick={() => setTyped("")}>
                Clear the search
              </Button>
            }
          >
            The beginning of a name, the record number or the date of birth is enough.{" "}
            {filter === "mine" ? "The search goes through the clients in your care; choose “All I may see” for more." : ""}
            {hasRole(member, "clinician", "supervisor") && !hasRole(member, "owner") && <FindClosed />}
          </EmptyState>
        ) : (
          <>
            <ul ref={list} className={classes.list} aria-label="Clients" data-stale={pages.isPlaceholderData}>
              {lines.map((line) => (
                <Line key={line.id} line={line} today={today} />
              ))}
            </ul>
            <div className={classes.foot}>
              <Text c="dimmed" size="sm">
                {lines.length < total
                  ? `The first ${lines.length.toLocaleString()} of ${totalWords}. Typing part of a name is the quickest way to the others.`
                  : `${totalWords} ${total === 1 ? "client" : "clients"}`}
              </Text>
              {pages.hasNextPage && (
                <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </div>
          </>
        )}
      </search>
    </>
  );
}

function Line({ line, today }: { readonly line: ClientLine; readonly today: string }) {
  const plan = planWords(line, today);
  const facts = [line.pronouns, `born ${formatDate(line.birthDate)}`, line.recordNumber === "" ? "" : `record ${line.recordNumber}`].filter(
    (fact) => fact !== "",
  );
  return (
    <li>
      <Link to="/clients/$clientId" params={{ clientId: line.id }} className={classes.line ?? ""}>
        <span className={classes.who}>
          <bdi className={classes.name}>{line.name}</bdi>
          {line.calledName !== "" && !line.name.startsWith(line.calledName) && (
            <span className={classes.called}> called {line.calledName}</span>
          )}
          {line.isPracticeClient && (
            <Badge color="straw" ml="xs">
              Practice client
            </Badge>
          )}
          <span className={classes.facts}>{facts.join(" · ")}</span>
        </span>
        <span className={classes.plan} data-tone={plan.tone}>
          {plan.text}
        </span>
        <Icon name="right" />
      </Link>
    </li>
  );
}
