import { base64Encode } from "@bufbuild/protobuf/wire";
import { NativeSelect, Textarea } from "@mantine/core";
import { use, useState } from "react";
import { base64Length, base64OfText, textOfBase64 } from "./bytes-text.ts";
import classes from "./controls.module.css";
import { ProblemsContext, type ValueEditorProps } from "./form-context.ts";
import type { ValueType } from "./value-type.ts";

type BytesForm = "base64" | "text" | "file";

/** The largest file that is taken, in bytes: what the server takes at most, and a form can hold. */
const largestFile = 3_000_000;

/** Bytes, written as base64 or as text, or those of a file. */
export function BytesEditor({ label, description, path, value, onChange }: ValueEditorProps<ValueType, string>) {
  const problem = use(ProblemsContext).get(path);
  const [form, setForm] = useState<BytesForm>("base64");
  const [fileProblem, setFileProblem] = useState<string>();
  const text = textOfBase64(value);
  const length = base64Length(value);
  const shownForm = form === "text" && text === undefined ? "base64" : form;

  async function take(file: File | undefined) {
    if (file === undefined) return;
    setFileProblem(
      file.size > largestFile ? `must be at most ${largestFile / 1e6} MB: got ${file.size} bytes` : undefined,
    );
    if (file.size <= largestFile) onChange(base64Encode(new Uint8Array(await file.arrayBuffer())));
  }

  return (
    <div className={classes.bytes}>
      {shownForm === "file" ? (
        <label className={classes.file}>
          <span>{label}</span>
          <input type="file" onChange={(event) => void take(event.currentTarget.files?.[0])} />
          {fileProblem !== undefined && <span className={classes.problem}>{fileProblem}</span>}
        </label>
      ) : (
        <Textarea
          label={label}
          description={description}
          value={shownForm === "text" ? text : value}
          error={problem}
          rows={2}
          spellCheck={false}
          placeholder={shownForm === "text" ? "hello" : "aGVsbG8="}
          classNames={{ input: classes.code ?? "" }}
          onChange={(event) =>
            onChange(shownForm === "text" ? base64OfText(event.currentTarget.value) : event.currentTarget.value)
          }
        />
      )}
      <div className={classes.bytesForm}>
        <NativeSelect
          aria-label="Written as"
          size="xs"
          value={shownForm}
          onChange={(event) => setForm(event.currentTarget.value as BytesForm)}
        >
          <option value="base64">base64</option>
          <option value="text" disabled={text === undefined}>
            text
          </option>
          <option value="file">file</option>
        </NativeSelect>
        {length !== undefined && (
          <span className={classes.soft}>{length === 1 ? "1 byte" : `${length.toLocaleString("en")} bytes`}</span>
        )}
      </div>
    </div>
  );
}
