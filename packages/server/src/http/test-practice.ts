import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "../database/test-database.ts";
import { loadLibrary } from "../library/load-library.ts";
import { createTrellis, type Trellis } from "../trellis.ts";
import { createApp } from "./app.ts";

export const password = "four quiet words here";

/** Somebody at a browser: keeps cookies, and sends what Trellis's own pages send. */
export interface Person {
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Sends JSON and gives the JSON that came back; throws unless the answer is a success. */
  json<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  /** The status of the answer and its problem document. */
  refused(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly detail: string; readonly errors: readonly { pointer: string; message: string }[] }>;
  readonly cookies: Map<string, string>;
}

/** The whole API on a database of its own, without a network. */
export interface TestPractice {
  readonly trellis: Trellis;
  readonly database: TestDatabase;
  readonly app: ReturnType<typeof createApp>;
  visitor(): Person;
  /** Sets the practice up and gives its owner, signed in. */
  owner(): Promise<Person>;
  /** Invites somebody and gives that person, signed in. */
  joined(owner: Person, name: string, roles: readonly string[]): Promise<Person>;
  close(): Promise<void>;
}

/** Read once for all practices of a worker: nobody writes on it. */
const library = loadLibrary();

export async function createTestPractice({ importedDiagnoses }: { readonly importedDiagnoses?: string } = {}): Promise<TestPractice> {
  const database = await createTestDatabase();
  const trellis = createTrellis({
    database,
    cookieSecret: randomUUID() + randomUUID(),
    library,
    ...(importedDiagnoses !== undefined && { importedDiagnoses }),
  });
  const app = createApp({ trellis, client: import.meta.dirname, requestsAMinute: 1_000_000 });

  function visitor(): Person {
    const cookies = new Map<string, string>();
    const ask: Person["ask"] = async (method, path, body, headers = {}) => {
      const response = await app.request(`http://trellis.test/api${path}`, {
        method,
        headers: {
          "x-trellis": "1",
          "content-type": "application/json",
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [pair = ""] = cookie.split(";");
        const at = pair.indexOf("=");
        if (/max-age=0/i.test(cookie)) cookies.delete(pair.slice(0, at));
        else cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
      return response;
    };
    return {
      cookies,
      ask,
      async json<T>(method: string, path: string, body?: unknown) {
        const response = await ask(method, path, body);
        const text = await response.text();
        if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 2000)}`);
        return (text === "" ? {} : JSON.parse(text)) as T;
      },
      async refused(method, path, body) {
        const response = await ask(method, path, body);
        if (response.ok) throw new Error(`${method} ${path} was not refused: ${response.status}`);
        const problem = (await response.json()) as { detail?: string; errors?: [] };
        return { status: response.status, detail: problem.detail ?? "", errors: problem.errors ?? [] };
      },
    };
  }

  return {
    trellis,
    database,
    app,
    visitor,
    async owner() {
      const person = visitor();
      await person.json("POST", "/practice/setup", {
        practiceName: "Linden Street Counseling",
        name: "Maya Okafor",
        credentials: "LCSW",
        email: "maya@example.org",
        password,
        timeZone: "America/New_York",
      });
      return person;
    },
    async joined(owner, name, roles) {
      const { link } = await owner.json<{ link: string }>("POST", "/invitations", { name, roles });
      const person = visitor();
      await person.json("POST", "/invitations/accept", {
        token: new URL(link).hash.slice(1),
        name,
        email: `${name.toLowerCase().replaceAll(/\W+/g, ".")}@example.org`,
        password,
        credentials: "",
      });
      return person;
    },
    async close() {
      trellis.documents.close();
      await database.drop();
    },
  };
}

/** A client with a name, a date of birth and nothing else. */
export async function addClient(person: Person, given = "Robin", family = "Example"): Promise<string> {
  return (await person.json<{ id: string }>("POST", "/clients", { client: { name: { given, family }, birthDate: "1988-04-12" } })).id;
}

/** The practice client, whose chart holds a whole worked case. */
export async function practiceClient(person: Person): Promise<string> {
  const { clients } = await person.json<{ clients: { id: string; isPracticeClient: boolean }[] }>("POST", "/clients/search", {});
  const found = clients.find((client) => client.isPracticeClient);
  if (!found) throw new Error("There is no practice client.");
  return found.id;
}
