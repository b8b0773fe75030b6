import { memo } from "react";
import type { Grade } from "#core/evaluate/model.ts";
import { GRADES } from "../words/grades.ts";
import styles from "./grades.module.css";

interface GradesProps {
  readonly rank: number;
  /** Null: not judged. */
  readonly grade: Grade | null;
  readonly tabIndex: number;
  readonly onGrade: (grade: Grade | null) => void;
}

/** How well a passage answers the question, in one press; a second press takes the grade back. */
export const Grades = memo(function Grades({ rank, grade, tabIndex, onGrade }: GradesProps) {
  return (
    <fieldset className={styles["grades"]} data-grade={grade ?? undefined} aria-label={`Grade of rank ${rank}`}>
      {GRADES.map(({ value, name }) => (
        <button
          key={value}
          type="button"
          className={styles["grade"]}
          data-value={value}
          aria-pressed={grade === value}
          aria-label={`${value}: ${name}`}
          title={`${name} (${value})`}
          tabIndex={tabIndex}
          onClick={() => onGrade(grade === value ? null : value)}
        >
          {value}
        </button>
      ))}
    </fieldset>
  );
});
