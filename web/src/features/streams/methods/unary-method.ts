import type { CallOptions } from "@connectrpc/connect";
import { nameProblem, wholeNumberProblem } from "./read-input.ts";
import type { StreamServices } from "./stream-services.ts";

/** A method that takes one message and answers with one. */
export interface UnaryMethod {
  readonly name: string;
  readonly summary: string;
  readonly inputs: readonly UnaryInput[];
  /** The request in words. */
  say(values: readonly string[]): string;
  /** Calls it with what was typed, and resolves with the answer in words. */
  call(services: StreamServices, values: readonly string[], options: CallOptions): Promise<string>;
}

/** A field of the request. */
export interface UnaryInput {
  readonly label: string;
  readonly initial: string;
  readonly inputMode: "text" | "numeric";
  /** What is wrong with what was typed; undefined when nothing is. */
  problem(text: string): string | undefined;
}

const summand = { inputMode: "numeric", problem: wholeNumberProblem } as const;

/** The methods to choose from. */
export const unaryMethods: readonly [UnaryMethod, ...UnaryMethod[]] = [
  {
    name: "SayHello",
    summary: "Send one name, get one greeting, and the call is over.",
    inputs: [{ label: "Name", initial: "Ada", inputMode: "text", problem: nameProblem }],
    say: ([name]) => String(name),
    call: async ({ greeter }, [name = ""], options) => (await greeter.sayHello({ name }, options)).message,
  },
  {
    name: "Add",
    summary: "Send two whole numbers, get their sum, and the call is over.",
    inputs: [
      { label: "First summand", initial: "2", ...summand },
      { label: "Second summand", initial: "40", ...summand },
    ],
    say: ([a, b]) => `${a} and ${b}`,
    async call({ calculator }, [a = "", b = ""], options) {
      const { sum } = await calculator.add({ a: BigInt(a.trim()), b: BigInt(b.trim()) }, options);
      return String(sum);
    },
  },
];
