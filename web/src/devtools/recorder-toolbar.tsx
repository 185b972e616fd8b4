import type { Registry } from "@bufbuild/protobuf";
import { Button, CloseButton, TextInput } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import type { RecordedCall } from "@triptych/rpc-web";
import { bytesText } from "../text/amount-text.ts";
import classes from "./recorder-toolbar.module.css";
import { SaveButton } from "./save/save-button.tsx";

/** What the toolbar tells and changes. */
export interface RecorderToolbarProps {
  readonly calls: readonly RecordedCall[];
  /** Those of them that the list has. */
  readonly shown: readonly RecordedCall[];
  /** The messages that may be inside an Any. */
  readonly types: Registry;
  readonly paused: boolean;
  /** Whether the list is hidden on a narrow window, and with it what is done with all calls. */
  readonly isListHidden: boolean;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly onPause: (paused: boolean) => void;
  readonly onClear: () => void;
  readonly onClose: () => void;
}

/** The upper edge of the panel: its name, the sums, the filter and what can be done with all calls. */
export function RecorderToolbar(props: RecorderToolbarProps) {
  const { calls, shown, types, paused, isListHidden, filter, onFilter, onPause, onClear, onClose } = props;
  const PauseIcon = paused ? IconPlayerPlay : IconPlayerPause;
  return (
    <div className={classes.bar} data-list-hidden={isListHidden || undefined}>
      <h2 className={classes.title}>Wire</h2>
      <p className={classes.sums}>{paused ? "paused" : <Sums calls={calls} />}</p>
      <TextInput
        size="xs"
        type="search"
        className={classes.filter}
        aria-label="Filter calls"
        placeholder="Filter"
        value={filter}
        onChange={(event) => onFilter(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button
          size="compact-xs"
          variant={paused ? "light" : "default"}
          leftSection={<PauseIcon aria-hidden size={14} stroke={1.75} />}
          onClick={() => onPause(!paused)}
        >
          {paused ? "Resume" : "Pause"}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconTrash aria-hidden size={14} stroke={1.75} />}
          title="Forget the calls that have ended"
          onClick={onClear}
        >
          Clear
        </Button>
        <SaveButton calls={shown} types={types} format="HAR" />
        <SaveButton calls={shown} types={types} format="JSON" />
      </div>
      <CloseButton size="sm" className={classes.close} aria-label="Close the wire panel" onClick={onClose} />
    </div>
  );
}

function Sums({ calls }: Pick<RecorderToolbarProps, "calls">) {
  const open = calls.filter(({ state }) => state === "open").length;
  const sent = calls.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  const received = calls.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
  const count = calls.length === 1 ? "1 call" : `${calls.length} calls`;
  return (
    <>
      {count} · {open} open
      <span className={classes.bytes}>
        {" "}
        · {bytesText(sent)} sent · {bytesText(received)} received
      </span>
    </>
  );
}
