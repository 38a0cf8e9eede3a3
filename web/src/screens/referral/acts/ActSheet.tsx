import { useLingui } from "@lingui/react/macro";
import { Sheet } from "@/ui";
import { AcceptForm } from "./AcceptForm";
import { AcknowledgeForm } from "./AcknowledgeForm";
import { AskForm } from "./AskForm";
import { CompleteForm } from "./CompleteForm";
import { ContactForm } from "./ContactForm";
import { EditForm } from "./EditForm";
import { FollowUpForm } from "./FollowUpForm";
import { type Act, NAMES } from "./kinds";
import { PlainForm, UndoForm } from "./PlainForm";
import { ProgressForm } from "./ProgressForm";
import { ReasonForm } from "./ReasonForm";
import { ReplyForm } from "./ReplyForm";
import type { ActProps } from "./use-step";

/** The sheet of whatever is being done; none while nothing is. */
export const ActSheet = ({ act, ...rest }: Omit<ActProps, "act"> & { act: Act | undefined }) => {
  const { i18n } = useLingui();
  return (
    <Sheet title={act === undefined ? "" : i18n._(NAMES[act])} opened={act !== undefined} onClose={rest.onClose}>
      {act !== undefined && <Form {...rest} act={act} />}
    </Sheet>
  );
};

const Form = ({ act, ...props }: ActProps) => {
  switch (act) {
    case "accept":
      return <AcceptForm {...props} act={act} />;
    case "reject":
    case "fail":
    case "hold":
    case "cancel":
    case "correct":
      return <ReasonForm {...props} act={act} />;
    case "start":
    case "resume":
      return <ContactForm {...props} act={act} />;
    case "progress":
      return <ProgressForm {...props} act={act} />;
    case "complete":
      return <CompleteForm {...props} act={act} />;
    case "acknowledge":
      return <AcknowledgeForm {...props} act={act} />;
    case "ask":
      return <AskForm {...props} act={act} />;
    case "reply":
      return <ReplyForm {...props} act={act} />;
    case "follow-up":
      return <FollowUpForm {...props} act={act} />;
    case "send":
    case "phoned":
      return <PlainForm {...props} act={act} />;
    case "undo":
      return <UndoForm {...props} act={act} />;
    case "edit":
      return <EditForm {...props} act={act} />;
  }
};
