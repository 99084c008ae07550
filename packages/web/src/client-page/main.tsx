/** @jsxImportSource preact */
import "@fontsource-variable/figtree/wght.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "../answer/answer.css";
import "./client-page.css";
import { render } from "preact";
import { ClientPage } from "./client-page.tsx";

// Another link, opened in the same tab, is another page.
window.addEventListener("hashchange", () => window.location.reload());

const place = document.getElementById("root");
if (place === null) throw new Error("The page has no element with the id root.");
// A full stop or a bracket that came along from the message around the link is no part of it.
const { hash } = window.location;
render(<ClientPage token={/[\w-]{43}/.exec(hash)?.[0] ?? hash.slice(1)} />, place);
