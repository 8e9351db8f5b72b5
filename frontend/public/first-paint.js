;(function () {
  var saved = {}
  try {
    saved = JSON.parse(localStorage.getItem('zhanggui.settings') || '{}') || {}
  } catch {
    // Storage may be forbidden; the defaults below then stand.
  }
  var dark = saved.theme
    ? saved.theme === 'dark'
    : window.matchMedia && window.matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  document.documentElement.lang = saved.lang === 'en' ? 'en' : 'zh-CN'
})()
