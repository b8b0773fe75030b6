import type { Notice } from "#state/view.ts";
import { ErrorText } from "../parts/error-text.tsx";
import { Icon } from "../parts/icon.tsx";
import { cx } from "../parts/class-names.ts";
import parts from "../styles/parts.module.css";
import { noticeSentence } from "../words/notices.ts";
import styles from "./notices.module.css";
import { useLibrary, useLibraryActions } from "./stores.ts";

/** Things said once. They stay until dismissed and push the page down: nothing is covered, nothing is lost. */
export function Notices() {
  const notices = useLibrary((view) => view.notices);
  if (notices.length === 0) return null;
  return (
    <div className={styles["notices"]}>
      {notices.map((notice) => (
        <NoticeRow key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

const CAUTIOUS: readonly Notice["kind"][] = ["removed-broken", "not-offline"];

function NoticeRow({ notice }: { readonly notice: Notice }) {
  const actions = useLibraryActions();
  const isError = notice.kind === "error";
  const isCautious = CAUTIOUS.includes(notice.kind);
  return (
    <div
      role={isError ? "alert" : "status"}
      data-notice={notice.kind}
      className={cx(styles["notice"], isError && styles["bad"], isCautious && styles["warn"])}
    >
      <Icon name={isError ? "failed" : isCautious ? "warning" : "check"} />
      <div className={styles["text"]}>
        {notice.kind === "error" ? <ErrorText error={notice.error} named /> : noticeSentence(notice)}
      </div>
      {notice.kind === "update-ready" && (
        <button type="button" className={parts["quiet"]} onClick={() => actions.applyUpdate()}>
          Reload now
        </button>
      )}
      <button
        type="button"
        className={parts["icon-button"]}
        aria-label="Dismiss"
        onClick={() => actions.dismissNotice(notice.id)}
      >
        <Icon name="close" size={14} />
      </button>
    </div>
  );
}
