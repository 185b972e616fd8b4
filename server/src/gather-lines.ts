/** Takes lines and writes them out later. */
export interface LineGatherer {
  /** Takes a line, or several, each with its end. */
  write(line: string): void;
  /** Writes out what there is now. */
  flush(): void;
}

/**
 * Gathers lines and writes those of one turn of the event loop in one piece: to write takes longer than to make the line, and under
 * load a turn ends a hundred calls. To be flushed before the process exits; what kills it outright takes the lines of one turn along.
 */
export function gatherLines(writeOut: (text: string) => void): LineGatherer {
  let lines: string[] = [];

  function flush(): void {
    if (lines.length === 0) return;
    const text = lines.join("");
    lines = [];
    writeOut(text);
  }

  return {
    write(line) {
      if (lines.length === 0) setImmediate(flush);
      lines.push(line);
    },
    flush,
  };
}
