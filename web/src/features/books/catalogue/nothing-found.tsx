import { Button } from "@mantine/core";
import { IconBookOff } from "@tabler/icons-react";
import { EmptyState } from "../../../components/empty-state.tsx";

/** What was looked for in vain. */
export interface NothingFoundProps {
  readonly query: string;
  readonly category: string;
  /** Shows all books again. */
  readonly onReset: () => void;
}

/** Says that no book was found, and what may help. */
export function NothingFound({ query, category, onReset }: NothingFoundProps) {
  return (
    <EmptyState
      title={query === "" ? "No books here" : `No book is found by “${query}”`}
      icon={<IconBookOff size={32} stroke={1.5} />}
      action={
        <Button variant="default" onClick={onReset}>
          Show all books
        </Button>
      }
    >
      {category === ""
        ? "Fewer words find more, and the beginning of a word is enough: “agat chr” finds Agatha Christie."
        : "It may be in another category: look in all of them, or try fewer words."}
    </EmptyState>
  );
}
