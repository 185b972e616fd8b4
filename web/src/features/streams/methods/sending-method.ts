import type { CallOptions } from "@connectrpc/connect";
import { figuresText } from "./figures-text.ts";
import { nameProblem, numberProblem } from "./read-input.ts";
import type { StreamServices } from "./stream-services.ts";

/** A method to which a person sends one message after another. */
export interface SendingMethod {
  readonly name: string;
  /** What to send, as the label of the field. */
  readonly input: string;
  readonly placeholder: string;
  readonly inputMode: "text" | "decimal";
  /** What it does, for people. */
  readonly summary: string;
  /** What is wrong with what was typed; undefined when nothing is. */
  problem(text: string): string | undefined;
  /** Calls it with what was typed, and yields what comes back, in words. */
  call(services: StreamServices, inputs: AsyncIterable<string>, options: CallOptions): AsyncIterable<string>;
}

const number = { input: "Number", placeholder: "1, 2.5, -3 …", inputMode: "decimal", problem: numberProblem } as const;
const name = { input: "Name", placeholder: "Ada, Łukasz, ليلى …", inputMode: "text", problem: nameProblem } as const;

/** The methods that stream requests and answer once. */
export const clientStreamingMethods: readonly [SendingMethod, ...SendingMethod[]] = [
  {
    ...number,
    name: "Sum",
    summary: "Takes numbers one by one. Half-close, and it responds once, with the figures for all of them.",
    async *call({ calculator }, inputs, options) {
      const { figures } = await calculator.sum(toNumbers(inputs), options);
      yield figuresText(figures);
    },
  },
  {
    ...name,
    name: "GreetGroup",
    summary: "Takes names one by one. Half-close, and it greets all of them at once.",
    async *call({ greeter }, inputs, options) {
      yield (await greeter.greetGroup(toNames(inputs), options)).message;
    },
  },
];

/** The methods that stream both ways. */
export const bidiStreamingMethods: readonly [SendingMethod, ...SendingMethod[]] = [
  {
    ...number,
    name: "RunningTotal",
    summary: "Answers every number with the figures so far, while the next one is on its way.",
    async *call({ calculator }, inputs, options) {
      for await (const { figures } of calculator.runningTotal(toNumbers(inputs), options)) yield figuresText(figures);
    },
  },
  {
    ...name,
    name: "Converse",
    summary: "Answers every name with a greeting, while the next one is on its way.",
    async *call({ greeter }, inputs, options) {
      for await (const { message } of greeter.converse(toNames(inputs), options)) yield message;
    },
  },
];

async function* toNumbers(inputs: AsyncIterable<string>) {
  for await (const text of inputs) yield { number: Number(text) };
}

async function* toNames(inputs: AsyncIterable<string>) {
  for await (const text of inputs) yield { name: text };
}
