import { theme as antdTheme, type ThemeConfig } from 'antd'
import { TEXT_FONT, paletteOf } from '../tokens/tokens'

/** Our tokens in antd's words. */
export function antdThemeOf(name: 'light' | 'dark', reducedMotion: boolean): ThemeConfig {
  const palette = paletteOf(name)
  return {
    algorithm: name === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      colorPrimary: palette.primary,
      colorInfo: palette.primary,
      colorLink: palette.primary,
      colorLinkHover: palette.primary,
      colorError: palette.red,
      colorSuccess: palette.green,
      colorWarning: palette.accent,
      colorText: palette.ink,
      colorTextSecondary: palette.ink2,
      colorTextTertiary: palette.ink2,
      colorTextDescription: palette.ink2,
      colorTextPlaceholder: palette.ink3,
      colorBgBase: palette.surface,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.surface,
      colorBgLayout: palette.bg,
      colorBorder: palette.line,
      colorBorderSecondary: palette.line,
      colorTextLightSolid: name === 'dark' ? palette.bg : '#FFFFFF',
      fontFamily: TEXT_FONT,
      fontSize: 13,
      borderRadius: 6,
      controlHeight: 30,
      boxShadow: 'none',
      motion: !reducedMotion,
      // antd lets a duration that is named here win over `motion: false`, so both are said.
      motionDurationFast: reducedMotion ? '0s' : '0.1s',
      motionDurationMid: reducedMotion ? '0s' : '0.15s',
      motionDurationSlow: reducedMotion ? '0s' : '0.2s',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Drawer: { paddingLG: 20 },
      Segmented: { itemSelectedBg: palette.surface, trackBg: palette.bg, itemColor: palette.ink2 },
      Popover: { titleMinWidth: 0 },
    },
  }
}
