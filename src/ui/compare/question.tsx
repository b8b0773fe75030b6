import { useSearchActions } from "../app/stores.ts";
import { QUESTION_ID } from "../app/use-global-keys.ts";
import { Icon } from "../parts/icon.tsx";
import parts from "../styles/parts.module.css";
import styles from "./question.module.css";

interface QuestionProps {
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** The question; Enter or the button asks it. */
export function Question({ text, onText }: QuestionProps) {
  const search = useSearchActions();
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        search.ask(text);
      }}
    >
      <Icon name="search" />
      <input
        id={QUESTION_ID}
        type="search"
        aria-label="Ask your documents"
        placeholder="Ask your documents"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <kbd className={parts["kbd"]} aria-hidden="true">
        /
      </kbd>
      <button type="submit" className={parts["quiet"]}>
        Ask
      </button>
    </form>
  );
}
