import { act, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderApp } from "../test/render-app.tsx";
import { createDivertedStreams, DivertedStreamsContext } from "../transport/diverted-streams.ts";
import { ProtocolNote } from "./protocol-note.tsx";

function renderNote() {
  const diverted = createDivertedStreams();
  renderApp(
    <DivertedStreamsContext value={diverted}>
      <ProtocolNote />
    </DivertedStreamsContext>,
  );
  return { diverted, note: screen.getByText(/^Every call/) };
}

it("names the protocol that every call goes over", () => {
  expect(renderNote().note.textContent).toBe("Every call from this page goes over gRPC-Web.");
});

it("names the streams that go over the WebSocket, and why, until they are over", async () => {
  const { diverted, note } = renderNote();
  let endings: (() => void)[] = [];
  act(() => {
    const methods = ["WatchModel", "WatchOrders", "WatchOrders"];
    endings = methods.map((method) => diverted.add({ method, reason: "budget-spent" }));
  });
  await waitFor(() =>
    expect(note.textContent).toContain(
      "gRPC-Web, except WatchModel and WatchOrders: these streams went to one WebSocket, because the browser has six HTTP/1.1",
    ),
  );
  act(() => {
    for (const end of endings) end();
  });
  expect(note.textContent).toBe("Every call from this page goes over gRPC-Web.");
});

it("says that tabs cannot share connections where the browser gives them no locks", async () => {
  const { diverted, note } = renderNote();
  act(() => diverted.add({ method: "WatchGreetings", reason: "no-locks" }));
  await waitFor(() => expect(note.textContent).toContain("except WatchGreetings: this stream went to one WebSocket"));
  expect(note.textContent).toContain("does not let the tabs of this address agree");
});
