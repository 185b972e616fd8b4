import { expect, it } from "vitest";
import type { Harness } from "./harness.ts";
import { measureRow } from "./measure-row.ts";
import type { Row, Subject } from "./row.ts";

const settings = { smoke: false, ownLoads: true, nodeFlags: [] };
const harness = { settings } as unknown as Harness;

/** A row of two subjects that write down what is done with them, and whose figures are 1, 2, 3 … from when they are opened. */
function rowOf(how: Pick<Row, "freshEachRound">): { readonly row: Row; readonly done: string[] } {
  const done: string[] = [];
  const subject = (name: string): Subject => ({
    name,
    async open() {
      let figure = 0;
      done.push(`open ${name}`);
      return {
        async sample(seconds) {
          done.push(`${name} ${seconds}`);
          figure += 1;
          return figure;
        },
      };
    },
  });
  return { row: { name: "row", title: "", unit: "µs", subjects: ["a", "b"].map(subject), targets: [], ...how }, done };
}

const samplesOf = async (row: Row) =>
  (await measureRow(row, { rounds: 2, seconds: 0.6, warmUp: true }, harness)).contenders.map(({ samples }) => samples);

it("measures one after the other, in every other round in reverse", async () => {
  const { row, done } = rowOf({});
  expect(await samplesOf(row)).toEqual([
    [2, 3],
    [2, 3],
  ]);
  expect(done).toEqual(["open a", "open b", ...["a", "b", "a", "b", "b", "a"].map((name) => `${name} 0.6`)]);
});

it("opens them anew for each round where they are to be fresh, and takes short turns, each of which counts", async () => {
  const { row, done } = rowOf({ freshEachRound: true });
  // The first figure of a round warms up.
  expect(await samplesOf(row)).toEqual([
    [2, 3, 4, 2, 3, 4],
    [2, 3, 4, 2, 3, 4],
  ]);
  const turns = (names: string[]) => names.map((name) => expect.stringMatching(new RegExp(`^${name} 0\\.(2|1999)`)));
  expect(done).toEqual([
    ...["open a", "open b", "a 5", "b 5", ...turns(["a", "b", "b", "a", "a", "b"])],
    ...["open b", "open a", "b 5", "a 5", ...turns(["b", "a", "a", "b", "b", "a"])],
  ]);
});
