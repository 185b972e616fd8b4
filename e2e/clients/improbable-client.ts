import type { DescMessage, DescMethod, MessageInitShape } from "@bufbuild/protobuf";
import { grpc } from "@improbable-eng/grpc-web";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { callOverWebSocket, type ImprobableCall } from "@triptych/testkit/clients/improbable-client.ts";

/** What a call brought: what was read from its responses, and the name and text of its status. */
export interface Outcome<T> {
  readonly responses: readonly T[];
  readonly status: string;
  readonly message: string;
}

/** Unary: greets someone. */
export async function sayHello(name: string): Promise<Outcome<string>> {
  const call = start(GreeterService.method.sayHello);
  sendAll(call, { name });
  return { responses: [(await call.next()).message], ...(await endOf(call)) };
}

/** Unary, to be refused: greets nobody. */
export async function greetNobody(): Promise<Outcome<never>> {
  const call = start(GreeterService.method.sayHello);
  sendAll(call, { name: "" });
  return { responses: [], ...(await endOf(call)) };
}

/** Server streaming: greets someone three times; reads the numbers of the greetings. */
export async function streamGreetings(name: string): Promise<Outcome<number>> {
  const call = start(GreeterService.method.streamGreetings);
  sendAll(call, { name, count: 3, interval: { nanos: 10_000_000 } });
  const numbers = [(await call.next()).number, (await call.next()).number, (await call.next()).number];
  return { responses: numbers, ...(await endOf(call)) };
}

/** Client streaming: adds numbers. */
export async function sum(numbers: readonly number[]): Promise<Outcome<number | undefined>> {
  const call = start(CalculatorService.method.sum);
  sendAll(call, ...numbers.map((number) => ({ number })));
  return { responses: [(await call.next()).figures?.sum], ...(await endOf(call)) };
}

/** Bidirectional streaming: sends each number once the total of those before it has come. */
export async function runningTotal(numbers: readonly number[]): Promise<Outcome<number | undefined>> {
  const call = start(CalculatorService.method.runningTotal);
  const totals: (number | undefined)[] = [];
  for (const number of numbers) {
    call.send({ number });
    totals.push((await call.next()).figures?.sum);
  }
  call.finishSend();
  return { responses: totals, ...(await endOf(call)) };
}

function start<I extends DescMessage, O extends DescMessage>(
  method: DescMethod & { readonly input: I; readonly output: O },
): ImprobableCall<I, O> {
  return callOverWebSocket(location.origin, method);
}

function sendAll<I extends DescMessage>(
  call: ImprobableCall<I, DescMessage>,
  ...requests: MessageInitShape<I>[]
): void {
  for (const request of requests) call.send(request);
  call.finishSend();
}

async function endOf(call: ImprobableCall<DescMessage, DescMessage>): Promise<Omit<Outcome<never>, "responses">> {
  const { code, message } = await call.end;
  return { status: grpc.Code[code] ?? "none", message };
}
