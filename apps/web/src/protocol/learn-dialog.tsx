import { docsOf } from "../editor/docs.ts";
import { Markdown } from "../ui/markdown.tsx";
import { Modal } from "../ui/modal.tsx";

/** What a code means, with a wrong and a right example. */
export const LearnDialog = ({
  code,
  onClose,
}: {
  readonly code: string | undefined;
  readonly onClose: () => void;
}) => (
  <Modal open={code !== undefined} onClose={onClose} title={code ?? ""} wide>
    <div className="modal-body">
      <Markdown text={(code && docsOf(code)) ?? "There is no page on this code."} />
    </div>
  </Modal>
);
