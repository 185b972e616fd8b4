import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { ServerReflection } from "@triptych/proto/grpc/reflection/v1/reflection_pb.ts";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { sharedHash } from "../../call-link/shared-call.ts";
import { createFakeEnvironment } from "../../test/fake-environment.ts";
import { renderApp } from "../../test/render-app.tsx";
import { ExplorerPage } from "./explorer-page.tsx";
import { ReflectionTransportContext } from "./schema/use-reflection-transport.ts";
import { fakeAllTypes } from "./testing/fake-all-types.ts";

// The form of the all-types schema has every kind of field, and the DOM of the tests is slow to find one by its role.
vi.setConfig({ testTimeout: 30_000 });

afterEach(() => {
  window.location.hash = "";
});

/** Shows the page with a method of the all-types schema chosen. */
async function open(method: string, protocol = "websocket") {
  const allTypes = fakeAllTypes();
  const environment = createFakeEnvironment();
  const path = `/explorer?method=alltypes.AllTypes/${method}&protocol=${protocol}`;
  const page = (
    // Reflection has its own way where the protocol of the page carries no streams of requests.
    <ReflectionTransportContext value={allTypes.transport}>
      <ExplorerPage />
    </ReflectionTransportContext>
  );
  const view = renderApp(page, { transport: allTypes.transport, path, environment });
  await screen.findByRole("form", { name: "Request" });
  return { ...allTypes, environment, view, user: userEvent.setup() };
}

const form = () => within(screen.getByRole("form", { name: "Request" }));
const status = () => screen.getByRole("status", { name: "Call status" });
const messages = () => within(screen.getByRole("log", { name: "Messages" })).queryAllByRole("listitem");
const field = (name: string) => form().getByRole("textbox", { name });
const click = (user: UserEvent, name: string) => user.click(form().getByRole("button", { name }));

async function ended(text: RegExp) {
  await waitFor(() => expect(status().textContent).toMatch(text));
}

// What the page loads on demand, which takes longer than a test may look for it where nothing of it is compiled yet.
beforeAll(() => Promise.all([import("./explorer.tsx"), import("./method-view.tsx")]));

describe("the explorer", () => {
  it("lists what the server tells of, finds methods, and shows the chosen one", async () => {
    const { transport } = fakeAllTypes();
    renderApp(<ExplorerPage />, { transport, path: "/explorer?protocol=websocket" });
    const user = userEvent.setup();
    const tree = await screen.findByRole("navigation", { name: "Services and methods" });
    expect(within(tree).getAllByRole("link")).toHaveLength(5);
    await user.type(screen.getByRole("searchbox", { name: "Find a method" }), "alltypes chat");
    expect(
      within(tree)
        .getAllByRole("link")
        .map(({ textContent }) => textContent),
    ).toEqual(["Chat"]);
    await user.click(within(tree).getByRole("link", { name: /Chat/ }));
    expect(await screen.findByRole("heading", { level: 2, name: "Chat" })).toBeDefined();
    expect(within(tree).getByRole("link", { current: true }).textContent).toBe("Chat");
  });

  it("says so when the server does not say what it serves, and asks again", async () => {
    let isBroken = true;
    const { transport: working } = fakeAllTypes();
    const broken = createRouterTransport((router) =>
      router.service(ServerReflection, {
        // biome-ignore lint/correctness/useYield: it fails before.
        async *serverReflectionInfo() {
          throw new ConnectError("not now", Code.Unavailable);
        },
      }),
    );
    const transport = {
      unary: working.unary,
      stream: ((...call) => (isBroken ? broken : working).stream(...call)) as typeof working.stream,
    };
    renderApp(<ExplorerPage />, { transport, path: "/explorer?protocol=websocket" });
    expect((await screen.findByRole("alert")).textContent).toMatch(/UNAVAILABLE.*not now/);
    isBroken = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("navigation", { name: "Services and methods" })).toBeDefined();
  });

  it("says so when there is no such method", async () => {
    const { transport } = fakeAllTypes();
    renderApp(<ExplorerPage />, { transport, path: "/explorer?method=a.B/C&protocol=websocket" });
    expect(await screen.findByText("There is no such method")).toBeDefined();
  });
});

describe("a unary call", () => {
  it("sends what the form holds, metadata and a deadline, and shows all that comes back", async () => {
    const { user, received, contexts } = await open("Cook", "grpc-web");
    await user.type(field("text"), "soup");
    await user.type(field("big"), "9007199254740993");
    await user.click(form().getByRole("checkbox", { name: "flag" }));
    await user.selectOptions(form().getByRole("combobox", { name: "spice" }), "PEPPER (2)");
    await click(user, "Add maybe");
    await click(user, "Add to texts");
    await user.type(field("texts 1"), "a");
    await click(user, "Add to counts");
    await user.type(field("counts key 1"), "x");
    await user.type(field("counts value 1"), "5");
    await user.click(form().getByRole("radio", { name: "as_text" }));
    await user.type(field("as_text"), "this one");
    await click(user, "Add span");
    await user.type(field("span"), "1.5s");
    await click(user, "Add metadata");
    await user.type(field("Metadata name 1"), "X-Note");
    await user.type(field("Metadata value 1"), "hi");
    await user.type(field("Deadline"), "5s");
    await click(user, "Send");
    await ended(/succeeded.*OK/);
    expect(received.get("Cook")).toMatchObject({
      text: "soup",
      big: 9007199254740993n,
      flag: true,
      spice: 2,
      maybe: 0,
      texts: ["a"],
      counts: { x: 5n },
      choice: { case: "asText", value: "this one" },
      span: { seconds: 1n, nanos: 500_000_000 },
    });
    expect(contexts[0]?.requestHeader.get("x-note")).toBe("hi");
    expect(contexts[0]?.timeoutMs()).toBeGreaterThan(0);
    await waitFor(() => expect(messages()).toHaveLength(2));
    expect(messages().map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^Sent.*"text": "soup"/s),
      expect.stringMatching(/^Received.*"big": "9007199254740993"/s),
    ]);
    expect(screen.getByRole("rowheader", { name: "x-oven", hidden: true })).toBeDefined();
    expect(screen.getByRole("rowheader", { name: "x-plates", hidden: true })).toBeDefined();
  });

  it("says at each field what is wrong with it, and sends nothing", async () => {
    const { user, received } = await open("Cook", "grpc-web");
    await user.type(field("small"), "many");
    await click(user, "Add time");
    await click(user, "Send");
    expect(field("small").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText('must be a whole number from -2147483648 to 2147483647: got "many"')).toBeDefined();
    expect(screen.getByText('must be a time such as 2026-11-21T08:30:00Z: got ""')).toBeDefined();
    expect(screen.getByRole("alert").textContent).toBe("2 fields need another value.");
    await click(user, "Now");
    await user.clear(field("small"));
    await click(user, "Send");
    await ended(/OK/);
    expect(received.get("Cook")).toMatchObject({ small: 0, time: { seconds: 0n } });
  });

  it("refuses metadata and deadlines that cannot be sent", async () => {
    const { user, received } = await open("Cook", "grpc-web");
    await click(user, "Add metadata");
    await user.type(field("Metadata name 1"), "grpc-timeout");
    await user.type(field("Deadline"), "soon");
    await click(user, "Send");
    expect(screen.getByText("is set by the protocol itself")).toBeDefined();
    expect(screen.getByText(/must be a time from 1ms/)).toBeDefined();
    expect(received.size).toBe(0);
  });

  it("decodes the details of an error and says at the field what the server does not accept", async () => {
    const { user } = await open("Cook", "grpc-web");
    await user.type(field("text"), "burnt");
    await click(user, "Send");
    await ended(/INVALID_ARGUMENT 3/);
    const details = screen.getByRole("list", { name: "Error details" });
    expect(details.textContent).toMatch(/google.rpc.BadRequest.*"description": "must not be burnt"/s);
    expect(screen.getByText("must not be burnt")).toBeDefined();
    expect(field("text").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByRole("rowheader", { name: "x-smoke", hidden: true })).toBeDefined();
  });
});

describe("the two ways to write a message", () => {
  it("are the same message", async () => {
    const { user } = await open("Cook");
    await user.type(field("text"), "soup");
    await user.click(screen.getByRole("tab", { name: "JSON" }));
    const json = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Sink as JSON" });
    expect(JSON.parse(json().value)).toEqual({ text: "soup" });
    await user.clear(json());
    await user.click(json());
    await user.paste('{"text": "stew", "children": [{"small": 3}], "kids": {"7": {}}}');
    await user.click(screen.getByRole("tab", { name: "Form" }));
    expect(form().getAllByRole<HTMLInputElement>("textbox", { name: "text" })[0]?.value).toBe("stew");
    expect(field("kids key 1")).toHaveProperty("value", "7");
  });

  it("are only left for the other once the message is one", async () => {
    const { user } = await open("Cook");
    await user.click(screen.getByRole("tab", { name: "JSON" }));
    const json = screen.getByRole("textbox", { name: "Sink as JSON" });
    await user.clear(json);
    await user.click(json);
    await user.paste('{"txet": ""}');
    await user.click(screen.getByRole("tab", { name: "Form" }));
    expect(screen.getByRole("tab", { name: "JSON" }).getAttribute("aria-selected")).toBe("true");
    expect(screen.getByText('This is not a valid Sink: key "txet" is unknown')).toBeDefined();
  });
});

describe("streams", () => {
  it("show every message that comes", async () => {
    const { user } = await open("Taste", "connect");
    await click(user, "Send");
    await ended(/OK/);
    await waitFor(() => expect(messages()).toHaveLength(4));
    expect(messages()[3]?.textContent).toContain('"small": 3');
  });

  it("take messages one at a time, and answer each as it comes", async () => {
    const { user, environment } = await open("Chat");
    await click(user, "Open");
    expect(status().textContent).toBe("Open: messages can be sent.");
    await user.type(field("text"), "a");
    await click(user, "Send message");
    await waitFor(() => {
      act(environment.paint);
      expect(messages()).toHaveLength(2);
    });
    await user.type(field("text"), "b{Enter}");
    await waitFor(() => {
      act(environment.paint);
      expect(messages()).toHaveLength(4);
    });
    expect(messages()[3]?.textContent).toMatch(/Received.*"text": "ab"/s);
    await click(user, "Half-close");
    await ended(/OK/);
  });

  it("answer once where only the request is a stream", async () => {
    const { user } = await open("Stir");
    await user.type(field("small"), "4");
    await click(user, "Send message");
    await click(user, "Send message");
    await click(user, "Half-close");
    await ended(/OK/);
    await waitFor(() => expect(messages()[2]?.textContent).toContain('"small": 8'));
  });

  it("are cancelled by hand and when the page is left", async () => {
    const { user, contexts, view } = await open("Chat");
    await click(user, "Send message");
    await waitFor(() => expect(contexts).toHaveLength(1));
    await click(user, "Cancel");
    await ended(/CANCELED/);
    expect(contexts[0]?.signal.aborted).toBe(true);
    await click(user, "Send message");
    await waitFor(() => expect(contexts).toHaveLength(2));
    view.unmount();
    await waitFor(() => expect(contexts[1]?.signal.aborted).toBe(true));
  });

  it("say which protocol can carry them where the chosen one cannot", async () => {
    const { user } = await open("Chat", "grpc-web");
    expect(screen.queryByRole("button", { name: "Send message" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Switch to WebSocket" }));
    expect(screen.getByRole("button", { name: "Send message" })).toBeDefined();
  });
});

describe("a shared call", () => {
  it("is filled in when its link is opened", async () => {
    window.location.hash = await sharedHash({
      method: "alltypes.AllTypes/Cook",
      request: { text: "soup", child: { small: 3 } },
      metadata: [["x-note", "hi"]],
      deadline: "5s",
    });
    await open("Cook");
    expect(form().getAllByRole<HTMLInputElement>("textbox", { name: "text" })[0]?.value).toBe("soup");
    expect(field("Metadata value 1")).toHaveProperty("value", "hi");
    expect(field("Deadline")).toHaveProperty("value", "5s");
  });

  it("says so when the link is damaged", async () => {
    window.location.hash = "#call=AAAA";
    await open("Cook");
    expect(screen.getByRole("alert").textContent).toMatch(/damaged/);
  });
});

describe("the same call elsewhere", () => {
  it("follows what is filled in, in every language", async () => {
    const { user } = await open("Cook");
    await user.type(field("text"), "soup");
    const panel = await screen.findByRole("tablist", { name: "Written for" });
    for (const name of ["buf curl", "grpcurl", "curl", "TypeScript", "Python"]) {
      await user.click(within(panel).getByRole("tab", { name }));
      await waitFor(() => expect(screen.getByRole("tabpanel", { name }).textContent).toMatch(/soup/));
    }
  });
});
