import { Icon, type IconName } from "../../parts/icon.tsx";
import parts from "../../styles/parts.module.css";
import { cx } from "../../parts/class-names.ts";
import styles from "./toolbar.module.css";

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  /** The key that does the same, shown with the label. */
  readonly keys?: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  /** For a tool that is on or off. */
  readonly pressed?: boolean;
}

/** A button of the reader's toolbar: an icon with a name. */
export function Tool({ icon, label, keys, onClick, disabled = false, pressed }: ToolProps) {
  return (
    <button
      type="button"
      className={cx(parts["icon-button"], styles["tool"])}
      aria-label={label}
      title={keys === undefined ? label : `${label} (${keys})`}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
