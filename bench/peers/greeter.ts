import type { ServiceImpl } from "@connectrpc/connect";
import type { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createBroadcast, followBroadcast } from "./broadcast.ts";

const unused = () => {
  throw new Error("no benchmark calls this");
};

const broadcast = createBroadcast();

/** The greeter's contract with as little behind it as can be: what remains is the cost of the calls themselves. */
export const trivialGreeter: ServiceImpl<typeof GreeterService> = {
  sayHello({ name }) {
    broadcast.publish(name);
    return { message: `Hello ${name}`, language: "en" };
  },
  async *streamGreetings({ name, count }) {
    for (let number = 1; number <= count; number++) yield { message: `Hello ${name}`, language: "en", number };
  },
  async *converse(requests) {
    for await (const { name } of requests) yield { message: `Hello ${name}`, language: "en" };
  },
  async greetGroup(requests) {
    let count = 0;
    for await (const _ of requests) count++;
    return { message: `Hello ${count}`, language: "en", count };
  },
  watchGreetings: (_request, { signal }) => followBroadcast(broadcast, signal),
  sayHelloAgain: unused,
  listLanguages: unused,
};
