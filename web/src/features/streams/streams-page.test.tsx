import { Code, ConnectError, createRouterTransport, type HandlerContext } from "@connectrpc/connect";
import { act, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { settled } from "@triptych/testkit/page/fake-environment.ts";
import { beforeEach, expect, it } from "vitest";
import { createFakeEnvironment, type FakeEnvironment } from "../../test/fake-environment.ts";
import { renderApp } from "../../test/render-app.tsx";
import { StreamsPage } from "./streams-page.tsx";

let environment: FakeEnvironment;
/** The latest call of a stream that ends only when its client leaves. */
let latest: HandlerContext | undefined;

beforeEach(() => {
  environment = createFakeEnvironment();
  latest = undefined;
});

const transport = createRouterTransport(({ rpc }) => {
  rpc(GreeterService.method.sayHello, ({ name }) => {
    if (name === "nobody") throw new ConnectError("nobody is there", Code.NotFound);
    return { message: `Hello, ${name}!` };
  });
  rpc(CalculatorService.method.add, ({ a, b }) => ({ sum: a + b }));
  rpc(GreeterService.method.streamGreetings, async function* ({ name }, context) {
    latest = context;
    yield { message: `Hello, ${name}!`, number: 1 };
    await new Promise((resolve) => context.signal.addEventListener("abort", resolve));
  });
  rpc(CalculatorService.method.sum, async (requests) => {
    let sum = 0;
    let count = 0;
    for await (const { number } of requests) {
      sum += number;
      count += 1;
    }
    return { figures: { sum, count: BigInt(count), mean: sum / count } };
  });
  rpc(GreeterService.method.greetGroup, async (requests) => {
    const names = await Array.fromAsync(requests, ({ name }) => name);
    return { message: `Hello, ${names.join(" and ")}!` };
  });
  rpc(CalculatorService.method.runningTotal, async function* (requests, context) {
    latest = context;
    let sum = 0;
    for await (const { number } of requests) {
      sum += number;
      yield { figures: { sum } };
    }
  });
  rpc(GreeterService.method.converse, async function* (requests) {
    for await (const { name } of requests) yield { message: `Hello, ${name}!` };
  });
});

type Kind = "Unary" | "Server streaming" | "Client streaming" | "Bidirectional streaming";

function renderPage(path = "/streams?protocol=websocket") {
  return { user: userEvent.setup(), ...renderApp(<StreamsPage />, { transport, path, environment }) };
}

/** Lets calls go on as far as they do, and paints it. */
async function painted() {
  await act(async () => {
    for (let round = 0; round < 3; round++) {
      await settled();
      environment.paint();
    }
  });
}

const panel = (kind: Kind) => within(screen.getByRole("region", { name: kind }));
const button = (kind: Kind, name: string) => panel(kind).getByRole<HTMLButtonElement>("button", { name });
const state = (kind: Kind) => panel(kind).getByRole("status", { name: `${kind} state` }).textContent;
const crossed = (kind: Kind) =>
  within(panel(kind).getByRole("log", { name: `${kind} messages` }))
    .queryAllByRole("listitem")
    .map((entry) => entry.lastElementChild?.textContent);

it("a unary call: one message there, one back", async () => {
  const { user } = renderPage();
  expect(state("Unary")).toBe("not called yet");
  await user.click(button("Unary", "Call"));
  await painted();
  expect(crossed("Unary")).toEqual([
    "opened the call",
    "sent Ada",
    "half-closed: nothing more to send",
    "received the headers",
    "received Hello, Ada!",
    "received the trailers: OK",
  ]);
  expect(state("Unary")).toBe("done");
});

it("a unary call of another method, with whole numbers only", async () => {
  const { user } = renderPage();
  await user.click(panel("Unary").getByRole("radio", { name: "Add" }));
  const first = panel("Unary").getByRole("textbox", { name: "First summand" });
  await user.clear(first);
  await user.type(first, "1.5{Enter}");
  expect(panel("Unary").getByText("must be a whole number")).toBeTruthy();
  expect(crossed("Unary")).toEqual([]);
  await user.clear(first);
  await user.type(first, "-7{Enter}");
  await painted();
  expect(crossed("Unary")).toContain("sent -7 and 40");
  expect(crossed("Unary")).toContain("received 33");
});

it("a call that fails shows its code, and why", async () => {
  const { user } = renderPage();
  const name = panel("Unary").getByRole("textbox", { name: "Name" });
  await user.clear(name);
  await user.type(name, "nobody{Enter}");
  await painted();
  expect(state("Unary")).toBe("failed");
  expect(crossed("Unary").at(-1)).toBe("failed: NOT_FOUND");
  expect(panel("Unary").getByRole("alert").textContent).toContain("nobody is there");
});

it("a server stream goes on until it is stopped, and then ends at the server", async () => {
  const { user } = renderPage();
  await user.click(button("Server streaming", "Start"));
  await painted();
  expect(crossed("Server streaming").at(-1)).toBe("received Hello, Ada!");
  expect(state("Server streaming")).toBe("half-closed");
  await user.click(button("Server streaming", "Stop"));
  await painted();
  expect(state("Server streaming")).toBe("cancelled");
  expect(crossed("Server streaming").at(-1)).toBe("cancelled the call");
  expect(latest?.signal.aborted).toBe(true);
  expect(button("Server streaming", "Stop").disabled).toBe(true);
});

it("a server stream ends at the server when the page is left", async () => {
  const { user, unmount } = renderPage();
  await user.click(button("Server streaming", "Start"));
  await painted();
  expect(latest?.signal.aborted).toBe(false);
  unmount();
  await settled();
  expect(latest?.signal.aborted).toBe(true);
});

it("a client stream takes numbers one by one, and answers when it is half-closed", async () => {
  const { user } = renderPage();
  const number = panel("Client streaming").getByRole("textbox", { name: "Number" });
  await user.type(number, "5{Enter}");
  await painted();
  expect(state("Client streaming")).toBe("open");
  await user.type(number, "2.5{Enter}");
  await painted();
  expect(crossed("Client streaming")).toEqual(["opened the call", "sent 5", "sent 2.5"]);
  await user.click(button("Client streaming", "Half-close"));
  await painted();
  expect(crossed("Client streaming").slice(3)).toEqual([
    "half-closed: nothing more to send",
    "received the headers",
    "received total 7.5, mean 3.75",
    "received the trailers: OK",
  ]);
  expect(state("Client streaming")).toBe("done");
  await user.type(number, "1{Enter}");
  await painted();
  expect(crossed("Client streaming")).toEqual(["opened the call", "sent 1"]);
});

it("names are sent one by one to be greeted at once, and in a conversation", async () => {
  const { user } = renderPage();
  for (const [kind, method] of [
    ["Client streaming", "GreetGroup"],
    ["Bidirectional streaming", "Converse"],
  ] as const) {
    await user.click(panel(kind).getByRole("radio", { name: method }));
    await user.type(panel(kind).getByRole("textbox", { name: "Name" }), "Ada{Enter}Bob{Enter}");
    await user.click(button(kind, "Half-close"));
    await painted();
  }
  expect(crossed("Client streaming")).toContain("received Hello, Ada and Bob!");
  expect(crossed("Bidirectional streaming")).toContain("received Hello, Bob!");
});

it("a bidirectional stream answers each number before the next is sent", async () => {
  const { user } = renderPage();
  const number = panel("Bidirectional streaming").getByRole("textbox", { name: "Number" });
  for (const text of ["5", "7"]) {
    await user.type(number, `${text}{Enter}`);
    await painted();
  }
  expect(crossed("Bidirectional streaming")).toEqual([
    "opened the call",
    "sent 5",
    "received the headers",
    "received total 5",
    "sent 7",
    "received total 12",
  ]);
  expect(number).toHaveProperty("value", "");
  expect(document.activeElement).toBe(number);
  await user.click(button("Bidirectional streaming", "Cancel"));
  await painted();
  expect(state("Bidirectional streaming")).toBe("cancelled");
  expect(latest?.signal.aborted).toBe(true);
});

it("what is no number is not sent", async () => {
  const { user } = renderPage();
  const number = panel("Client streaming").getByRole("textbox", { name: "Number" });
  await user.type(number, "five{Enter}");
  expect(panel("Client streaming").getByText("must be a number, such as 3 or -0.5")).toBeTruthy();
  expect(number.getAttribute("aria-invalid")).toBe("true");
  expect(state("Client streaming")).toBe("not called yet");
});

it.each(["grpc-web", "connect", "connect-json"])(
  "under %s it says what a page cannot send, and offers what can",
  async (protocol) => {
    const { user } = renderPage(`/streams?protocol=${protocol}`);
    const kind = "Bidirectional streaming";
    expect(screen.getAllByText(/cannot carry this from a page/)).toHaveLength(2);
    expect(panel(kind).queryByRole("textbox")).toBeNull();
    await user.click(button(kind, "Switch to WebSocket"));
    expect(document.activeElement).toBe(panel(kind).getByRole("textbox", { name: "Number" }));
    expect(panel("Client streaming").getByRole("textbox", { name: "Number" })).toBeTruthy();
  },
);

it("the axis moves once a frame while a call goes on, and stands still a moment after its end", async () => {
  const { user, container } = renderPage();
  const position = () =>
    container
      .querySelectorAll("svg[data-state] > svg > g")
      .item(1)
      .getAttribute("transform")
      ?.match(/-?[\d.]+/)?.[0];
  await user.click(button("Server streaming", "Start"));
  await painted();
  const before = Number(position());
  await act(() => environment.advance(1_000));
  await painted();
  expect(before - Number(position())).toBeCloseTo(48);
  await user.click(button("Server streaming", "Stop"));
  await painted();
  await act(() => environment.advance(1_500));
  await painted();
  const atRest = position();
  await act(() => environment.advance(60_000));
  await painted();
  expect(position()).toBe(atRest);
});
