import { Code, ConnectError } from "@connectrpc/connect";
import { act, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { settled } from "@triptych/testkit/page/fake-environment.ts";
import { beforeEach, expect, it } from "vitest";
import { createFakeEnvironment, type FakeEnvironment } from "../../test/fake-environment.ts";
import { renderApp } from "../../test/render-app.tsx";
import { createFakeGreeter, type FakeGreeter, greetingUpdate, positionUpdate, streamed } from "./fake-greeter.ts";
import { GreeterPage } from "./greeter-page.tsx";

let greeter: FakeGreeter;
let environment: FakeEnvironment;

beforeEach(() => {
  sessionStorage.clear();
  greeter = createFakeGreeter();
  environment = createFakeEnvironment();
});

async function renderPage() {
  const user = userEvent.setup();
  const view = renderApp(<GreeterPage />, { transport: greeter.transport, path: "/greeter", environment });
  const language = await screen.findByRole("combobox", { name: "Language" });
  return { user, language, name: screen.getByRole("textbox", { name: "Name" }), ...view };
}

/** Lets what was pushed arrive, and paints it. */
async function painted() {
  await act(async () => {
    await settled();
    environment.paint();
    await settled();
  });
}

const button = (name: string | RegExp) => screen.getByRole("button", { name });
const greeting = () => screen.getByRole("status", { name: "Greeting" });
/** Waits for a greeting, and gives the element that says it. */
async function spoken(text: string) {
  await waitFor(() => expect(greeting().textContent).toBe(text));
  return greeting().querySelector<HTMLElement>("[lang]");
}
const wall = () => screen.getByRole("log", { name: "Live wall" });
const entries = () =>
  within(wall())
    .queryAllByRole("listitem")
    .map((entry) => entry.textContent?.match(/#(\d+)/)?.[1]);

it("greets on Enter, in the language chosen, and keeps the form", async () => {
  const { user, name, language } = await renderPage();
  await user.click(language);
  await user.click(await screen.findByRole("option", { name: /Hebrew/ }));
  await user.type(name, "Ada{Enter}");
  const words = await spoken("Hello, Ada!");
  expect([words?.lang, words?.dir]).toEqual(["he", "rtl"]);
  expect(name).toHaveProperty("value", "Ada");
  expect(language).toHaveProperty("value", "עברית");
});

it("greets again", async () => {
  const { user, name } = await renderPage();
  await user.type(name, "Ada");
  await user.click(button("Greet again"));
  const words = await spoken("Hello again, Ada!");
  expect([words?.lang, words?.dir]).toEqual(["en", "ltr"]);
});

it("shows no greeting of another name, and none after a refusal", async () => {
  const { user, name } = await renderPage();
  await user.type(name, "Ada{Enter}");
  await spoken("Hello, Ada!");
  await user.type(name, "m");
  expect(greeting().textContent).toBe("The greeting will appear here.");
  await user.type(name, "{Backspace}");
  expect(greeting().textContent).toBe("Hello, Ada!");
  await user.clear(name);
  await user.click(button("Greet"));
  await screen.findByRole("alert");
  expect(greeting().textContent).toBe("The greeting will appear here.");
});

it("starts no stream with a count that cannot be, and keeps what was typed", async () => {
  const { user, name } = await renderPage();
  await user.type(name, "Ada");
  const count = screen.getByRole<HTMLInputElement>("textbox", { name: "Count" });
  await user.clear(count);
  await user.type(count, "1.5");
  await user.click(button("Start"));
  expect(count.value).toBe("1.5");
  expect(screen.getByText("The count must be a whole number of at most 2,147,483,647")).toBeTruthy();
  expect(document.activeElement).toBe(count);
  expect(greeter.streams).toEqual([]);
});

it("finds a language by its English name", async () => {
  const { user, language } = await renderPage();
  await user.clear(language);
  await user.type(language, "germ");
  expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["DeutschGerman"]);
});

it("shows what is wrong with a name at the name, until it is changed", async () => {
  const { user, name } = await renderPage();
  await user.click(button("Greet"));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("INVALID_ARGUMENT");
  expect(name.getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(name);
  expect(screen.getByText("The name must have 1 to 200 characters: got none")).toBeTruthy();
  await user.type(name, "A");
  expect(screen.queryByRole("alert")).toBeNull();
  expect(name.getAttribute("aria-invalid")).not.toBe("true");
});

it("keeps the form when the page is left and comes back", async () => {
  const first = await renderPage();
  await first.user.type(first.name, "Zoë");
  first.unmount();
  const second = await renderPage();
  expect(second.name).toHaveProperty("value", "Zoë");
});

it("greets without the list of languages, and asks for it again", async () => {
  greeter.languagesError = new ConnectError("away", Code.Unavailable);
  const { user, name } = await renderPage();
  const alert = await screen.findByRole("alert");
  await user.type(name, "Ada{Enter}");
  await spoken("Hello, Ada!");
  greeter.languagesError = undefined;
  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

it("the wall starts with the latest 50 and shows the newest first", async () => {
  await renderPage();
  expect(greeter.watches.map(({ request }) => request.recent)).toEqual([50]);
  greeter.watches[0]?.stream.push(positionUpdate(0, 1), greetingUpdate(1), greetingUpdate(2, { language: "he" }));
  await painted();
  expect(entries()).toEqual(["2", "1"]);
  const newest = within(wall()).getAllByRole("listitem")[0];
  expect(newest?.textContent).toContain("gRPC");
  expect(newest?.textContent).toContain("Hebrew");
  expect(newest?.querySelector("[lang=he]")).toMatchObject({ dir: "rtl", textContent: "Hello, Guest 2!" });
  expect(within(newest ?? wall()).getByTitle("helloworld.Greeter/SayHello").textContent).toBe("SayHello");
});

it("the wall goes on after the last greeting when the connection is lost, and shows none twice", async () => {
  await renderPage();
  greeter.watches[0]?.stream.push(positionUpdate(6, 1), greetingUpdate(7), greetingUpdate(8));
  await painted();
  greeter.watches[0]?.stream.fail(new ConnectError("gone", Code.Unavailable));
  await painted();
  expect(screen.getByText("reconnecting", { exact: false })).toBeTruthy();
  await act(() => environment.advance(60_000));
  expect(greeter.watches[1]?.request.afterSequence).toBe(8n);
  greeter.watches[1]?.stream.push(positionUpdate(8, 1), greetingUpdate(8), greetingUpdate(9));
  await painted();
  expect(entries()).toEqual(["9", "8", "7"]);
  expect(screen.getByText("live")).toBeTruthy();
});

it("who has scrolled down keeps reading, and is told how many are new", async () => {
  const { user } = await renderPage();
  greeter.watches[0]?.stream.push(positionUpdate(0, 1), greetingUpdate(1), greetingUpdate(2));
  await painted();
  wall().scrollTop = 300;
  act(() => void wall().dispatchEvent(new Event("scroll", { bubbles: true })));
  greeter.watches[0]?.stream.push(greetingUpdate(3), greetingUpdate(4));
  await painted();
  expect(entries()).toEqual(["2", "1"]);
  await user.click(button("2 new greetings"));
  expect(entries()).toEqual(["4", "3", "2", "1"]);
  expect(document.activeElement).toBe(wall());
});

it("draws of a rush of greetings only what can be seen, and all of them for who scrolls", async () => {
  await renderPage();
  const rush = Array.from({ length: 150 }, (_, index) => greetingUpdate(index + 1));
  greeter.watches[0]?.stream.push(positionUpdate(0, 1), ...rush);
  await painted();
  expect(entries()).toEqual(Array.from({ length: 24 }, (_, index) => String(150 - index)));
  wall().scrollTop = 300;
  act(() => void wall().dispatchEvent(new Event("scroll", { bubbles: true })));
  expect(entries()).toHaveLength(150);
});

it("an empty wall says how to greet from a terminal, and copies the line", async () => {
  const { user } = await renderPage();
  greeter.watches[0]?.stream.push(positionUpdate(0, 0));
  await painted();
  expect(screen.getByText("No greetings yet")).toBeTruthy();
  await user.click(button("Copy command"));
  expect(await navigator.clipboard.readText()).toMatch(/^curl .*\/triptych\.greeter\.v1\.GreeterService\/SayHello$/);
});

it("the wall's stream ends when the page is left", async () => {
  const { unmount } = await renderPage();
  expect(greeter.watches[0]?.context.signal.aborted).toBe(false);
  unmount();
  await settled();
  expect(greeter.watches[0]?.context.signal.aborted).toBe(true);
});

const streamState = () => screen.getByRole("status", { name: "State of the stream" }).textContent;
const streamedLog = () => screen.getByRole("log", { name: "Streamed greetings" });

async function startStream() {
  const page = await renderPage();
  await page.user.type(page.name, "Ada");
  await page.user.clear(screen.getByRole("textbox", { name: "Count" }));
  await page.user.type(screen.getByRole("textbox", { name: "Count" }), "30");
  await page.user.click(button("Start"));
  await painted();
  return page;
}

it("streams to whom the form names, and shows what comes, newest first", async () => {
  await startStream();
  expect(greeter.streams.map(({ request, intervalMs }) => [request.name, request.count, intervalMs])).toEqual([
    ["Ada", 30, 1_000],
  ]);
  expect(streamState()).toBe("open");
  for (let number = 1; number <= 25; number++) greeter.streams[0]?.stream.push(streamed(number));
  await painted();
  const shown = within(streamedLog()).getAllByRole("listitem");
  expect(shown.map((item) => item.textContent).at(0)).toBe("25Hallo, Ada 25!");
  expect(shown).toHaveLength(20);
  expect(screen.getByText("Received").nextSibling?.textContent).toBe("25");
});

it("a stream that the server ends is done", async () => {
  await startStream();
  greeter.streams[0]?.stream.end();
  await painted();
  expect(streamState()).toBe("done");
  expect(button("Start")).toBeTruthy();
});

it("Stop ends the stream at the server", async () => {
  const { user } = await startStream();
  await user.click(button("Stop"));
  await painted();
  expect(greeter.streams[0]?.context.signal.aborted).toBe(true);
  expect(streamState()).toBe("cancelled");
});

it("leaving the page ends the stream at the server", async () => {
  const { unmount } = await startStream();
  unmount();
  await settled();
  expect(greeter.streams[0]?.context.signal.aborted).toBe(true);
});

it("a stream that fails says why", async () => {
  await startStream();
  greeter.streams[0]?.stream.fail(new ConnectError("going away", Code.Unavailable));
  await painted();
  expect(streamState()).toBe("failed");
  expect(screen.getByRole("alert").textContent).toContain("UNAVAILABLE");
});
