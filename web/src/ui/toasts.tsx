import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";

/** Say shortly that something was done. */
export const tell = (message: string): void => {
  notifications.show({ message, autoClose: 5000, withCloseButton: false });
};

/** Say that something was done, and let it be taken back for a while (seconds). */
export const tellWithUndo = (message: string, undo: { label: string; seconds: number; run: () => void }): void => {
  const id = notifications.show({
    autoClose: undo.seconds * 1000,
    withCloseButton: false,
    message: (
      <Group justify="space-between">
        <Text>{message}</Text>
        <Button
          variant="default"
          onClick={() => {
            notifications.hide(id);
            undo.run();
          }}
        >
          {undo.label}
        </Button>
      </Group>
    ),
  });
};
