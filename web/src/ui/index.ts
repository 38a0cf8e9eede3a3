export {
  Anchor,
  Badge,
  Box,
  Button,
  Checkbox,
  Chip,
  Code,
  Collapse,
  Divider,
  Group,
  List,
  Menu,
  Progress,
  Radio,
  Select,
  SegmentedControl,
  Stack,
  Switch,
  Table,
  Tabs,
  Text,
  Textarea,
  TextInput,
  PasswordInput,
  Title,
  Tooltip,
  VisuallyHidden,
  UnstyledButton,
  NumberInput,
  MultiSelect,
  NativeSelect,
  FileInput,
  SimpleGrid,
  Paper,
  Alert,
  Pagination,
  CopyButton,
  Fieldset,
} from "@mantine/core";
export { useDebouncedValue, useDisclosure, useMediaQuery } from "@mantine/hooks";
export { Answered, Skeletons } from "./Answered";
export { ButtonLink, RowLink, TextLink } from "./links";
export { ConflictSheet, type ConflictField } from "./ConflictSheet";
export { DateField, DateTimeField } from "./DateField";
export { DueSign } from "./DueSign";
export { Empty } from "./Empty";
export { Facts } from "./Facts";
export { Form } from "./Form";
export { FaultSummary } from "./FaultSummary";
export { Page } from "./Page";
export { ProblemNotice } from "./ProblemNotice";
export { Section } from "./Section";
export { Sheet } from "./Sheet";
export { Sign, type Tone } from "./Sign";
export { Choices } from "./Choices";
export { CallButton } from "./CallButton";
export { CsvButton } from "./CsvButton";
export { saveText } from "./save-text";
export { DataTable, type Column } from "./DataTable";
export { tell, tellWithUndo } from "./toasts";
export { day, dayAndTime, fromField, toField, until, untilNow } from "./dates";
export { useSend } from "./use-send";
export { useOnce } from "./use-once";
export { useTheirs } from "./use-theirs";
