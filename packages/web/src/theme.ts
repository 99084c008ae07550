import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** Deep teal, the color of what one can do. Shade 7 on paper has a contrast of 6.7 to 1. */
const leaf: MantineColorsTuple = [
  "#eff6f3",
  "#dfece7",
  "#bfdad0",
  "#98c3b5",
  "#6ea795",
  "#478b78",
  "#2f7665",
  "#1f5f54",
  "#174b42",
  "#0f3831",
];
/** Warm red-brown, for what needs attention at once. */
const clay: MantineColorsTuple = [
  "#fdf1ec",
  "#f9e0d6",
  "#f0bfad",
  "#e59b80",
  "#d97b59",
  "#c55f3c",
  "#ad4a2a",
  "#923a1f",
  "#752d17",
  "#5a2010",
];
/** Muted gold, for what is worth a look. */
const straw: MantineColorsTuple = [
  "#fcf6e5",
  "#f7ebc8",
  "#ecd697",
  "#dfbe64",
  "#cda63f",
  "#b08a27",
  "#8f6e18",
  "#75590f",
  "#5c4509",
  "#443305",
];
/** Warm grays, so that nothing on the paper looks cold. Shade 6 and up is readable on paper (4.5 to 1 and more). */
const stone: MantineColorsTuple = [
  "#f7f4ee",
  "#efeae1",
  "#e4ddd1",
  "#d2c9ba",
  "#b3a999",
  "#8f8678",
  "#6a6258",
  "#544d45",
  "#3b3631",
  "#26231f",
];

export const theme = createTheme({
  primaryColor: "leaf",
  primaryShade: 7,
  colors: { leaf, clay, straw, stone, gray: stone, red: clay, yellow: straw, green: leaf, teal: leaf },
  white: "#ffffff",
  black: "#26231f",
  fontFamily: '"Figtree Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace',
  headings: {
    fontFamily: '"Source Serif 4 Variable", "Iowan Old Style", Georgia, "Noto Serif", serif',
    fontWeight: "560",
    textWrap: "balance",
    sizes: {
      h1: { fontSize: "1.9rem", lineHeight: "1.2" },
      h2: { fontSize: "1.35rem", lineHeight: "1.3" },
      h3: { fontSize: "1.1rem", lineHeight: "1.35" },
    },
  },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "9px", lg: "14px", xl: "22px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
  components: {
    TextInput: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md" } },
    NativeSelect: { defaultProps: { size: "md" } },
    NumberInput: { defaultProps: { size: "md" } },
    Checkbox: { defaultProps: { size: "md" } },
    Radio: { defaultProps: { size: "md" } },
    Switch: { defaultProps: { size: "md" } },
    Button: { defaultProps: { size: "md" } },
    Badge: { defaultProps: { variant: "light", tt: "none", fw: 600, radius: "sm" } },
    Modal: {
      defaultProps: {
        radius: "lg",
        // Inside the page's main part: outside of it, the dialog's own header would count as a second banner of the page.
        withinPortal: false,
        styles: {
          title: { fontFamily: "var(--mantine-font-family-headings)", fontWeight: 600, fontSize: "1.2rem" },
          header: { background: "#fff" },
          content: { background: "#fff" },
          // Outside of a portal it would begin at the padding of the page.
          inner: { left: 0 },
        },
        overlayProps: { backgroundOpacity: 0.45, color: "#26231f" },
        closeButtonProps: { "aria-label": "Close" },
      },
    },
    Alert: { styles: { title: { fontSize: "1.05rem" }, message: { fontSize: "1rem" } } },
    Anchor: { defaultProps: { underline: "always" } },
  },
});

/** Mantine's own gray for hints, placeholders and errors falls short of 4.5 to 1; these do not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    "--paper": "#faf7f1",
    "--paper-deep": "#f2ede3",
    "--rule": "#e4ddd1",
    "--ink": "#26231f",
    "--ink-soft": "#5b544b",
  },
  light: {
    "--mantine-color-body": "#faf7f1",
    "--mantine-color-text": "#26231f",
    "--mantine-color-dimmed": "#5b544b",
    "--mantine-color-placeholder": "#6f675c",
    "--mantine-color-error": "#923a1f",
    "--mantine-color-anchor": "#1f5f54",
    "--mantine-color-default-border": "#b9ae9d",
    "--mantine-color-leaf-light-color": "#174b42",
    "--mantine-color-clay-light-color": "#752d17",
    "--mantine-color-straw-light-color": "#5c4509",
    "--mantine-color-stone-light-color": "#3b3631",
  },
  dark: {},
});
