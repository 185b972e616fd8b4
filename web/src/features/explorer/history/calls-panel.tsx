import { Button } from "@mantine/core";
import { useContext, useRef, useState } from "react";
import { StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";
import { useNotify } from "../../../notices/use-notify.ts";
import { saveFile } from "../../../storage/save-file.ts";
import side from "../side-list.module.css";
import { CallRow } from "./call-row.tsx";
import { useKeptCalls } from "./calls-context.ts";
import classes from "./calls-panel.module.css";
import { foldersOf, type KeptCall, latestOf, readKeptCalls, savedOf, withImported } from "./kept-calls.ts";

/** The largest file of calls that is read, in bytes. */
const LARGEST_FILE = 20_000_000;

/** The calls that were made and saved, to open one again. */
export function CallsPanel({ onOpen }: { readonly onOpen: (call: KeptCall) => void }) {
  const { calls, change } = useKeptCalls();
  const latest = latestOf(calls);
  const saved = savedOf(calls);
  const panel = useRef<HTMLElement>(null);
  // What had the focus is not there any more.
  const focus = () => panel.current?.focus({ preventScroll: true });
  return (
    <section ref={panel} tabIndex={-1} aria-label="Calls" className={classes.panel}>
      <div className={side.scroll}>
        {foldersOf(calls).map(([folder, inIt]) => (
          <section key={folder} aria-label={folder === "" ? "Saved" : `Saved in ${folder}`}>
            <h2 className={side.heading}>{folder === "" ? "Saved" : folder}</h2>
            <ul className={side.list}>
              {inIt.map((one) => (
                <CallRow key={one.id} kept={one} onOpen={onOpen} onGone={focus} />
              ))}
            </ul>
          </section>
        ))}
        <section aria-label="Latest calls">
          <h2 className={side.heading}>Latest</h2>
          {latest.length === 0 ? (
            <p className={classes.none}>Calls that you make appear here, in this browser alone and without secrets.</p>
          ) : (
            <ul className={side.list}>
              {latest.map((one) => (
                <CallRow key={one.id} kept={one} onOpen={onOpen} onGone={focus} />
              ))}
            </ul>
          )}
        </section>
      </div>
      <div className={classes.actions}>
        <ExportButton saved={saved} />
        <ImportButton />
        {latest.length > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => void change(savedOf)}>
            Clear latest
          </Button>
        )}
      </div>
    </section>
  );
}

function ExportButton({ saved }: { readonly saved: readonly KeptCall[] }) {
  if (saved.length === 0) return null;
  return (
    <Button
      variant="default"
      size="compact-sm"
      onClick={() => saveFile("triptych-calls.json", "application/json", JSON.stringify(saved, null, 2))}
    >
      Export saved
    </Button>
  );
}

function ImportButton() {
  const { change } = useKeptCalls();
  const notify = useNotify();
  const { timeOfDay } = useContext(StreamEnvironmentContext);
  const input = useRef<HTMLInputElement>(null);
  const [key, setKey] = useState(0);

  async function take(file: File | undefined) {
    // The same file may be chosen again.
    setKey((last) => last + 1);
    if (file === undefined) return;
    const imported = file.size > LARGEST_FILE ? undefined : readFile(await file.text());
    if (imported === undefined)
      return notify({ kind: "error", text: `${file.name} holds no calls that were exported here.` });
    const now = timeOfDay();
    await change((calls) =>
      withImported(
        calls,
        imported.map((one) => ({ ...one, at: Math.min(one.at, now) })),
      ),
    );
    notify({ kind: "info", text: imported.length === 1 ? "1 call imported." : `${imported.length} calls imported.` });
  }

  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => input.current?.click()}>
        Import
      </Button>
      <input
        key={key}
        ref={input}
        hidden
        type="file"
        accept=".json,application/json"
        aria-label="File of calls"
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
    </>
  );
}

function readFile(text: string): readonly KeptCall[] | undefined {
  try {
    return readKeptCalls(JSON.parse(text));
  } catch {
    return undefined;
  }
}
