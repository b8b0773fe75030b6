import { useEffect, useId, useRef } from "react";
import { useModels, useModelsActions } from "../app/stores.ts";
import { LanguageSection } from "../llm/language-section.tsx";
import { DEVICE_CHOICES, deviceSentence } from "../words/models.ts";
import { Add } from "./add.tsx";
import { Catalogue } from "./catalogue.tsx";
import { HereNow } from "./here-now.tsx";
import { ModelChangeLine } from "./model-change.tsx";
import styles from "./models.module.css";

/** The models that are here, and those that may be fetched. */
export function Models() {
  const actions = useModelsActions();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    actions.findHub();
    // The screen was changed by a link or a key: reading goes on here.
    heading.current?.focus({ preventScroll: true });
  }, [actions]);
  return (
    <div className={styles["models"]}>
      <div className={styles["inner"]}>
        <h2 ref={heading} tabIndex={-1} className={styles["title"]}>
          Models
        </h2>
        <ModelChangeLine />
        <DeviceField />
        <HereNow />
        <LanguageSection />
        <Add />
        <Catalogue />
      </div>
    </div>
  );
}

function DeviceField() {
  const device = useModels((view) => view.device);
  const gpu = useModels((view) => view.gpu);
  const actions = useModelsActions();
  const id = useId();
  return (
    <div className={styles["device"]}>
      <label htmlFor={id}>Run models on</label>
      <select
        id={id}
        value={device}
        onChange={({ currentTarget }) => {
          const chosen = DEVICE_CHOICES.find(([it]) => it === currentTarget.value)?.[0];
          if (chosen !== undefined) actions.setDevice(chosen);
        }}
      >
        {DEVICE_CHOICES.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <p>{deviceSentence(gpu, device)}</p>
    </div>
  );
}
