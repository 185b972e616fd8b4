import { Socket } from "node:net";
import { expect, it } from "vitest";
import { ControlWriter } from "./control-writer.ts";
import { OutputBuffer } from "./output-buffer.ts";

const MOST_QUEUED = 100;
/** An acknowledgement of a ping has 17 bytes, so that five fit. */
const FIT = 5;

function createControl() {
  const output = new OutputBuffer(new Socket(), false, () => undefined);
  const control = new ControlWriter(output, MOST_QUEUED);
  const answer = (times: number) => {
    for (let time = 0; time < times; time++) control.pingAck(Buffer.alloc(8));
  };
  return { output, control, answer };
}

it("is full when more waits for a socket that takes nothing than may", () => {
  const { output, control, answer } = createControl();
  output.isBlocked = true;
  answer(FIT);
  expect(control.isFull).toBe(false);
  answer(1);
  expect(control.isFull).toBe(true);
});

it("counts nothing any more of what the socket has taken", () => {
  const { output, control, answer } = createControl();
  for (let round = 0; round < 100; round++) {
    output.isBlocked = true;
    answer(FIT);
    output.isBlocked = false;
    control.drained();
  }
  expect(control.isFull).toBe(false);
});
