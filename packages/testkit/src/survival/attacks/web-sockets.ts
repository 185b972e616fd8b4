import { setTimeout as pause } from "node:timers/promises";
import { encodeFrame } from "@triptych/wire/call-frames.ts";
import { openSocket } from "../../clients/raw-socket.ts";
import { envelope } from "../../raw/envelope.ts";
import type { Attack } from "../attack.ts";
import type { SeededRandom } from "../seeded-random.ts";

const METHODS = ["SayHello", "WatchGreetings", "Converse", "GreetGroup", "Nothing"] as const;
/** How long a socket that closes is waited for before it is cut, in milliseconds. */
const CLOSE_MS = 500;
const path = (random: SeededRandom) => `/triptych.greeter.v1.GreeterService/${random.pick(METHODS)}`;

function message(random: SeededRandom): Uint8Array {
  const stream = random.integer(0, 6);
  switch (random.integer(0, 7)) {
    case 0:
    case 1:
      return encodeFrame({ type: "open", stream, path: path(random), metadata: new Headers() });
    case 2:
      return encodeFrame({ type: "data", stream, bytes: envelope(Buffer.from([0x0a, 1, 0x41])) });
    case 3:
      return encodeFrame({ type: "end", stream });
    case 4:
      return encodeFrame({ type: "cancel", stream });
    case 5:
      return encodeFrame({ type: "credit", stream, bytes: random.integer(1, 1_000_000) });
    case 6:
      return Buffer.concat([Buffer.of(random.integer(0, 1)), envelope(Buffer.from([0x0a, 1, 0x41]))]);
    default:
      return random.bytes(random.integer(0, 200));
  }
}

/** WebSockets of both protocols with good and bad messages in any order, left in the middle. */
export const webSockets: Attack = {
  name: "WebSockets",
  async strike({ port, random }) {
    const many = random.chance(0.6);
    const baseUrl = `http://127.0.0.1:${port}`;
    // All are taken: they are fewer than the places of an address.
    const { socket, send, closed } = await openSocket(
      baseUrl,
      many ? "/calls" : path(random),
      many ? "triptych-calls.v1" : "grpc-websockets",
    );
    if (!many) send(Buffer.from("a: b\r\n"));
    for (let count = random.integer(0, 20); count > 0 && socket.readyState === socket.OPEN; count--) {
      const what = random.integer(0, 30);
      if (what === 0) socket.ping();
      else if (what === 1) socket.send("text");
      // Below the messages, a frame that is none.
      else if (what === 2) Reflect.get(socket, "_socket").write(random.bytes(6));
      else send(message(random));
      if (random.chance(0.3)) await pause(1);
    }
    if (random.chance(0.5)) {
      socket.close();
      // Behind a frame that is none the server may take the close for a part of it, and never answer.
      await Promise.race([closed, pause(CLOSE_MS)]);
    }
    socket.terminate();
    await closed;
  },
};
