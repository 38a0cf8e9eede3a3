import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

type LinkElement = AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> };

const Row = ({ className, ...rest }: LinkElement) => <a {...rest} className={`row ${className ?? ""}`} />;
/** A colour alone would not tell a link from the words around it. */
const Underlined = (props: AnchorProps & LinkElement) => <Anchor underline="always" {...props} />;
const ButtonLike = (props: ButtonProps & LinkElement) => <Button component="a" {...props} />;

/** A line of a list that opens something. */
export const RowLink = createLink(Row);
/** A link within text. */
export const TextLink = createLink(Underlined);
/** A link that looks like a button: it can be opened in a new tab, and says that it is a link. */
export const ButtonLink = createLink(ButtonLike);
