import { fileURLToPath } from "node:url";
import { createClient } from "@connectrpc/connect";
import { Cal } from "@triptych/proto/calculator_pb.ts";
import { Greeter } from "@triptych/proto/helloworld_pb.ts";
import { grpc_test as Lessons } from "@triptych/proto/lessons_pb.ts";
import { OrderHandler } from "@triptych/proto/order_pb.ts";
import { BookCategory, Recommendations } from "@triptych/proto/recommendations_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { BIDI_STYLES, CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { hasPythonGrpc } from "@triptych/testkit/processes/python.ts";
import { describe, expect, it } from "vitest";
import { neverEnding } from "../src/testing/never-ending.ts";
import { refusalOf } from "../src/testing/refusal.ts";
import { useServer } from "../src/testing/use-server.ts";
import { runPythonChecks } from "./python-checks.ts";

const contracts = fileURLToPath(new URL("../../proto/legacy", import.meta.url));
const messages = (count: number) => Array.from({ length: count }, (_, index) => ({ data: `message ${index + 1}` }));
const answers = (count: number) =>
  Array.from({ length: count }, (_, index) => `receive message ${index + 1},index:${index + 1}`);
async function* ending<T>(...sent: readonly T[]) {
  yield* sent;
}

const orderId = expect.stringMatching(/^[\w-]+$/);

/** What the script for Python's grpcio prints, whatever lesson is played. */
const PYTHON_RESULTS = {
  "Cal/Add": 5,
  "Cal/Add of nothing": 0,
  "Cal/Add up to the greatest": 2_147_483_647,
  "Cal/Add down to the least": -2_147_483_648,
  "Cal/Add too great": { code: "OUT_OF_RANGE", details: "the sum must fit int32: got 2147483648" },
  "Cal/Add too small": { code: "OUT_OF_RANGE", details: "the sum must fit int32: got -2147483649" },
  "Cal/Multiply": -42,
  "Cal/Multiply too great": { code: "OUT_OF_RANGE", details: "the product must fit int32: got 2147483648" },
  "Greeter/SayHello": "Hello, you!",
  "Greeter/SayHello in another script": "Hello, Zoë 小明!",
  "Greeter/SayHelloAgain": "Hello again, you!",
  "Recommend MYSTERY": [
    { id: 2, title: "Murder on the Orient Express" },
    { id: 3, title: "The Hound of the Baskervilles" },
    { id: 1, title: "The Maltese Falcon" },
  ],
  "Recommend SCIENCE_FICTION": [
    { id: 6, title: "The Dune Chronicles" },
    { id: 4, title: "The Hitchhiker's Guide to the Galaxy" },
    { id: 5, title: "Ender's Game" },
  ],
  "Recommend SELF_HELP": [
    { id: 9, title: "Man's Search for Meaning" },
    { id: 8, title: "How to Win Friends and Influence People" },
    { id: 7, title: "The 7 Habits of Highly Effective People" },
  ],
  "Recommend at most 1": [{ id: 2, title: "Murder on the Orient Express" }],
  "Recommend at most 0": [],
  "Recommend an unknown category": { code: "NOT_FOUND", details: "Category not found" },
  create_order: { ret: "ok", order_id: orderId },
  "create_order of nothing": { ret: "ok", order_id: orderId },
  "create_order with too long a phone": {
    code: "INVALID_ARGUMENT",
    details: "phone must be at most 1000 characters: got 1001",
  },
  Hello_grpc: "my name is ada, i am 36 years old",
  helle_test: [
    "ada",
    "9007199254740993",
    '["x","y\\"z","é"]',
    '{"a":-9223372036854775808,"b":2,"c":9223372036854775807}',
    '{"one":{"name":"eve","age":1,"is_active":true},"two":{"name":"bob","age":-2,"is_active":false}}',
  ].join("\n"),
  "helle_test of nothing": "\n0\n[]\n{}\n{}",
  "test_client_stream, three messages and then cancelled": {
    messages: ["send tick,index:1", "send tick,index:2", "send tick,index:3"],
    code: "CANCELLED",
  },
};

describe("the legacy contracts, with the lesson of a client stream", () => {
  const server = useServer();

  describe.each(CALL_STYLES)("over %s", (style) => {
    const transport = () => createTransport(style, server.baseUrl);

    it("calculate", async () => {
      const cal = createClient(Cal, transport());
      expect((await cal.add({ number1: 2, number2: 3 })).number).toBe(5);
      expect((await cal.multiply({ number1: -6, number2: 7 })).number).toBe(-42);
      const refusal = await refusalOf(cal.multiply({ number1: 65_536, number2: 32_768 }));
      expect(refusal).toMatchObject({ code: "OutOfRange", message: "the product must fit int32: got 2147483648" });
    });

    it("greet, whatever the name", async () => {
      const greeter = createClient(Greeter, transport());
      expect((await greeter.sayHello({ name: "you" })).message).toBe("Hello, you!");
      expect((await greeter.sayHelloAgain({ name: "" })).message).toBe("Hello again, !");
    });

    it("recommend", async () => {
      const recommendations = createClient(Recommendations, transport());
      const request = { userId: 1, category: BookCategory.MYSTERY, maxResults: 1 };
      expect((await recommendations.recommend(request)).recommendations).toMatchObject([
        { id: 2, title: "Murder on the Orient Express" },
      ]);
      expect((await recommendations.recommend({ ...request, maxResults: 0 })).recommendations).toEqual([]);
    });

    it("take orders, which the order service gives back", async () => {
      const request = { phone: "13800000000", price: "12.50", requestArg: { city: "Zürich" } };
      const { rstString } = await createClient(OrderHandler, transport()).create_order(request);
      const { ret, order_id: id } = JSON.parse(rstString);
      expect(ret).toBe("ok");
      const { order } = await createClient(OrderService, transport()).getOrder({ id });
      expect(order).toMatchObject({ phone: "13800000000", price: "12.50", attributes: { city: "Zürich" }, items: [] });
    });

    it("teach", async () => {
      const lessons = createClient(Lessons, transport());
      expect((await lessons.hello_grpc({ name: "ada", age: 36 })).result).toBe("my name is ada, i am 36 years old");
      expect((await lessons.helle_test({})).result).toBe("\n0\n[]\n{}\n{}");
      await using stream = openStream((options) => lessons.test_client_stream({ data: "tick" }, options));
      expect((await stream.next()).result).toBe("send tick,index:1");
    });
  });

  it.each(BIDI_STYLES)("answer a client stream once over %s, at its end or at the tenth message", async (style) => {
    const lessons = createClient(Lessons, createTransport(style, server.baseUrl));
    for (const requests of [ending(...messages(3)), neverEnding(...messages(10))]) {
      const results = await Array.fromAsync(lessons.test_client(requests));
      expect(results.map(({ result }) => result)).toEqual(["ok"]);
    }
  });

  it.skipIf(!hasPythonGrpc)("serve Python's grpcio (skipped where Python has none)", async () => {
    const results = await runPythonChecks("legacy_client.py", `127.0.0.1:${server.port}`, contracts);
    expect(results).toEqual({
      ...PYTHON_RESULTS,
      "test_client as client stream, ended after 3": "ok",
      "test_client as client stream, ended at once": "ok",
      "test_client as client stream, 10 and not ended": "ok",
    });
  });
});

describe("the legacy contracts, with the lesson of a conversation", () => {
  const server = useServer({ LEGACY_TEST_CLIENT: "bidi" });

  it.each(BIDI_STYLES)("answer each message over %s, and end at the tenth", async (style) => {
    const lessons = createClient(Lessons, createTransport(style, server.baseUrl));
    const all = await Array.fromAsync(lessons.test_client(neverEnding(...messages(10))));
    expect(all.map(({ result }) => result)).toEqual(answers(9));
    const three = await Array.fromAsync(lessons.test_client(ending(...messages(3))));
    expect(three.map(({ result }) => result)).toEqual(answers(3));
  });

  it.skipIf(!hasPythonGrpc)("serve Python's grpcio (skipped where Python has none)", async () => {
    const address = `127.0.0.1:${server.port}`;
    const results = await runPythonChecks("legacy_client.py", address, contracts, "--lesson", "bidi");
    expect(results).toEqual({
      ...PYTHON_RESULTS,
      "test_client as bidi, ended by the server at the 10th": { answers: answers(9), code: "OK" },
      "test_client as bidi, ended by the client after 3": { answers: answers(3), code: "OK" },
    });
  });
});
