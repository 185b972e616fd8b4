import { parseArgs } from "node:util";

/** What a run of the benchmark does. */
export interface Options {
  /** Names of rows, or beginnings of names; empty means all. */
  readonly only: readonly string[];
  readonly rounds: number;
  /** How long each subject is measured in a round, in seconds. */
  readonly seconds: number;
  /** The file to write the results to, as JSON. */
  readonly json: string | undefined;
  readonly list: boolean;
  readonly smoke: boolean;
  readonly profile: boolean;
  readonly simulate: boolean;
  readonly ownLoads: boolean;
  readonly help: boolean;
}

/** What can be asked for. */
export const USAGE = `npm run bench -- [options]

  --only NAME     only the rows of this name, or whose name begins so; may be given again
  --rounds N      rounds that count (5)
  --seconds S     how long each subject is measured in a round (3)
  --json FILE     write the results to a file, too
  --list          list the rows
  --profile       tell which room the time of our own servers goes to, instead of comparing
  --simulate      measure what things cost, and tell what loads take that are larger than a machine
  --smoke         every row once and briefly: whether it works, not how fast it is
  --own-loads     loads by our own generators, also where h2load and wrk are installed
  --help          this text`;

/** The command line cannot be understood; the message says what about it. */
export class InvalidOptions extends Error {
  override name = "InvalidOptions";
}

/**
 * Reads the command line.
 * @throws InvalidOptions that names what cannot be understood.
 */
export function readOptions(args: readonly string[]): Options {
  const { values } = parse(args);
  const { smoke = false, profile = false, simulate = false, list = false, help = false } = values;
  return {
    only: values.only ?? [],
    rounds: smoke ? 1 : positive("--rounds", values.rounds ?? "5", Number.isInteger),
    seconds: smoke ? 0.2 : positive("--seconds", values.seconds ?? "3", Number.isFinite),
    json: values.json,
    list,
    smoke,
    profile,
    simulate,
    ownLoads: values["own-loads"] ?? false,
    help,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: "string", multiple: true },
        rounds: { type: "string" },
        seconds: { type: "string" },
        json: { type: "string" },
        list: { type: "boolean" },
        smoke: { type: "boolean" },
        profile: { type: "boolean" },
        simulate: { type: "boolean" },
        "own-loads": { type: "boolean" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new InvalidOptions(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function positive(name: string, text: string, isGood: (value: number) => boolean): number {
  const value = Number(text);
  if (isGood(value) && value > 0) return value;
  throw new InvalidOptions(`${name} must be a number above 0: got ${text}`);
}
