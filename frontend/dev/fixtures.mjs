// Made-up answers in the shapes of the HTTP API.
const T = (zh, en) => ({ zh, en })
const day = (n) => new Date(Date.UTC(2020, 1, 1 + n)).toISOString().slice(0, 10)
const wave = (n, base, swing) =>
  Math.round(base + swing * Math.sin(n * 0.9) + swing * 0.6 * Math.sin(n * 2.3) + (n === 19 ? base * 1.6 : 0))
const DAYS = Array.from({ length: 29 }, (_, n) => n)
const spark = (base) => DAYS.map((n) => (n === 5 && base < 1 ? null : wave(n, base * 100, base * 22) / 100))

let empty = process.env.EMPTY === '1'
const jobs = new Map()
let nJobs = 0

const NAV = [
  ['today', '今日', 'Today', '/today', false, '订单报表', 'an order report'],
  ['overview', '经营', 'Overview', '/', true],
  ['customers', '客户', 'Customers', '/customers', false, '带买家的订单报表', 'an order report with buyers'],
  ['products', '商品', 'Products', '/products', false, '宝贝报表', 'an item report'],
  ['traffic', '流量', 'Traffic', '/traffic', false, '生意参谋流量报表', 'a traffic report'],
  ['finance', '财务', 'Finance', '/finance', false, '支付宝账单', 'a settlement file'],
  ['inventory', '库存', 'Inventory', '/inventory', false, '库存报表', 'a stock report'],
  ['actions', '行动', 'Actions', '/actions', false, '订单报表', 'an order report'],
  ['alerts', '预警', 'Alerts', '/alerts', false, '订单报表', 'an order report'],
  ['reports', '报表', 'Reports', '/reports', false, '订单报表', 'an order report'],
  ['data', '数据', 'Data', '/data', true],
  ['settings', '设置', 'Settings', '/settings', true],
].map(([room, zh, en, path, has, nzh, nen]) => ({
  room,
  title: T(zh, en),
  path,
  icon: room,
  has_data: has && !(empty && room === 'overview'),
  needs: has ? null : T(`上传${nzh}后可用`, `Upload ${nen} to fill this room`),
}))

const meta = () => ({
  shop: { name: '示例店' },
  is_empty: empty,
  is_demo: true,
  version: '0.1.0',
  data_from: '2020-02-01',
  data_to: '2020-02-29',
  as_of: '2020-02-29',
  dimensions: {
    platform: [
      { value: 'tmall', label: T('天猫', 'Tmall') },
      { value: 'douyin', label: T('抖店', 'Douyin') },
    ],
    shop: [
      { value: '旗舰店', label: T('旗舰店', 'Flagship') },
      { value: '专营店', label: T('专营店', 'Outlet') },
    ],
    channel: [],
  },
  dimension_labels: { province: T('省份', 'Province') },
  promotions: [{ name: T('情人节', "Valentine's"), from: '2020-02-12', to: '2020-02-14' }],
  nav: NAV,
  token: 'dev',
})

const tile = (id, kind, zh, en, span, source, help) => ({
  id,
  kind,
  title: zh ? T(zh, en) : null,
  span,
  source: source ?? `/api/v1/tiles/x/${id}`,
  help: help ?? null,
})
const FILTERS = ['platform', 'shop', 'channel', 'date', 'compare']
const pages = () => [
  {
    id: 'overview',
    path: '/',
    title: T('经营概览', 'Overview'),
    room: 'overview',
    icon: 'overview',
    filters: FILTERS,
    rows: [
      { tiles: [tile('sentence', 'sentence', null, null, 24)], height: 's' },
      { tiles: [tile('kpis', 'kpis', null, null, 24)] },
      {
        tiles: [
          tile(
            'trend',
            'line',
            '支付金额走势',
            'Paid amount',
            16,
            null,
            T('按支付日统计', 'By day of payment'),
          ),
          tile('findings', 'findings', '三个发现', 'Three findings', 8),
        ],
        height: 'm',
      },
      {
        tiles: [
          tile('platforms', 'line', '各平台支付金额', 'By platform', 12),
          tile('province', 'bar', '各省支付金额', 'By province', 12),
        ],
        height: 'm',
      },
      {
        tiles: [
          tile('heat', 'heatmap', '下单时段', 'When orders come in', 14),
          tile('uploads', 'uploads_next', '再传两份，就能看利润', 'Two more files for profit', 10),
        ],
        height: 'm',
      },
      {
        tiles: [
          tile('products', 'table', '商品排行', 'Products', 16),
          tile('costs', 'cost_table', '各类目成本率', 'Cost rates', 8),
        ],
        height: 'm',
      },
    ],
  },
  {
    id: 'metric',
    path: '/metrics/:name',
    title: T('指标', 'Metric'),
    room: 'overview',
    icon: 'metrics',
    filters: FILTERS,
    rows: [
      {
        tiles: [
          tile('kpi1', 'kpis', null, null, 8, '/api/v1/tiles/metric/kpis?metric={name}'),
          tile('card', 'metric_card', '指标卡', 'Definition', 16, '/api/v1/tiles/metric/card?metric={name}'),
        ],
        height: 's',
      },
      {
        tiles: [
          tile('trend', 'line', '走势', 'Trend', 14),
          tile('province', 'bar', '按省份', 'By province', 10),
        ],
        height: 'm',
      },
      { tiles: [tile('rows', 'table', '明细', 'Rows', 24, '/api/v1/rows?metric={name}')], height: 'l' },
    ],
  },
  {
    id: 'data',
    path: '/data',
    title: T('数据', 'Data'),
    room: 'data',
    icon: 'data',
    filters: [],
    rows: [
      {
        tiles: [
          tile('upload', 'upload', '上传', 'Upload', 16),
          tile('jobs', 'jobs', '任务', 'Jobs', 8, '/api/v1/jobs'),
        ],
        height: 's',
      },
      {
        tiles: [
          tile(
            'batches',
            'batches',
            '文件与账本等式',
            'Files and the ledger equation',
            24,
            '/api/v1/batches',
          ),
        ],
        height: 'm',
      },
      {
        tiles: [tile('quarantine', 'quarantine', '隔离的行', 'Quarantine', 24, '/api/v1/quarantine')],
        height: 'm',
      },
    ],
  },
]

const kpi = (metric, zh, en, unit, value, change, kind, good, extra = {}) => ({
  metric,
  label: T(zh, en),
  unit,
  value,
  change,
  change_kind: kind,
  good,
  spark: spark(unit === 'ratio' ? 0.2 : 3),
  evidence: 'counted',
  warning: null,
  href: `/metrics/${metric}`,
  numerator: null,
  ...extra,
})
const KPIS = () => [
  kpi('gmv_paid', '支付金额', 'Paid amount', 'money', 2474823.07, 0.11, 'ratio', 'up'),
  kpi('orders_paid', '支付订单数', 'Paid orders', 'count', 24087, 0.111, 'ratio', 'up'),
  kpi('net_revenue', '净收入', 'Net revenue', 'money', 1902487.15, -0.041, 'ratio', 'up'),
  kpi('average_order_value', '笔单价', 'Average order value', 'money', 102.75, 0, 'ratio', 'up', {
    numerator: T('支付金额 247.5万 ÷ 支付订单 24,087', 'Paid 2.475M ÷ 24,087 orders'),
  }),
  kpi('refund_rate', '退款率', 'Refund rate', 'ratio', 0.2313, -0.0061, 'pp', 'down', {
    numerator: T('退款 57.23万 ÷ 支付 247.5万', 'Refunds 572.3K ÷ paid 2.475M'),
  }),
  kpi('profit', '利润', 'Profit', 'money', 381204.11, null, 'none', 'up', { evidence: 'estimated' }),
  kpi('buyers', '买家数', 'Buyers', 'count', null, null, 'none', 'up', {
    warning: T('这份报表没有买家列', 'This report has no buyer column'),
    spark: [],
  }),
]

const PROVINCES = ['上海', '广东省', '江苏', '浙江', '北京', '山东', '四川', '福建', '湖北', '河南', '内蒙古']
const card = {
  name: 'gmv_paid',
  label: T('支付金额', 'Paid amount'),
  definition: T(
    '已付款订单的实付金额之和, 未扣退款, 计入付款日。',
    'Sum paid for orders with a payment, before refunds, on the day of payment.',
  ),
  formula: T('Σ 实付金额', 'Σ paid amount'),
  base: T('订单', 'order_header'),
  unit: 'money',
  source: T('订单报表', 'Order reports'),
  owner: '运营',
  freshness: '2020-02-29',
  evidence: 'counted',
  catalogue_ids: ['C-012', 'C-014'],
  version: 1,
}
const rowsTable = (page) => ({
  columns: [
    { key: 'order_id', label: T('订单号', 'Order'), unit: 'text' },
    { key: 'paid_at', label: T('支付时间', 'Paid at'), unit: 'time' },
    { key: 'status', label: T('状态', 'Status'), unit: 'status' },
    { key: 'province', label: T('省份', 'Province'), unit: 'text' },
    { key: 'paid', label: T('支付金额', 'Paid'), unit: 'money', sortable: true },
    { key: 'batch_id', label: T('批次', 'Batch'), unit: 'text' },
    { key: 'row_no', label: T('行号', 'Row'), unit: 'count' },
  ],
  rows: Array.from({ length: 50 }, (_, n) => ({
    order_id: String(190000000000000000n + BigInt(n + page * 50)),
    paid_at: `2020-02-${String((n % 28) + 1).padStart(2, '0')}T08:3${n % 10}:00Z`,
    status: T('交易成功', 'Completed'),
    province: PROVINCES[n % 11],
    paid: 20 + n * 3.17,
    batch_id: 'b1',
    row_no: n + 2,
    _href: `/source/b1/${n + 2}`,
  })),
  total: { paid: 2474823.07 },
  page,
  pages: 482,
  n_rows: 24087,
  currency: 'CNY',
})

const equation = (received, accepted, duplicate, superseded, quarantined, rejected) => ({
  received,
  accepted,
  duplicate,
  superseded,
  quarantined,
  rejected,
})
const batches = () => ({
  rows: [
    {
      id: 'b1',
      file: 'tmall_order_report.csv',
      format: 'taobao_orders_7',
      format_label: T('天猫订单报表（7列）', 'Tmall order report (7 columns)'),
      store: '旗舰店',
      loaded_at: '2026-11-21T09:12:00Z',
      date_from: '2020-02-01',
      date_to: '2020-02-29',
      ...equation(28010, 28010, 0, 0, 0, 0),
      file_total: 2995760.61,
      ledger_total: 2995760.61,
      rounding: 0,
      currency: 'CNY',
      issues: [],
    },
    {
      id: 'b2',
      file: 'ExportOrderList202003011200.csv',
      format: 'taobao_orders_61',
      format_label: T('淘宝订单报表（61列）', 'Taobao order report (61 columns)'),
      store: '旗舰店',
      loaded_at: '2026-11-21T09:14:00Z',
      date_from: '2020-02-27',
      date_to: '2020-03-01',
      ...equation(1200, 900, 280, 12, 5, 3),
      file_total: 93211.5,
      ledger_total: 93160.2,
      rounding: 0,
      currency: 'CNY',
      issues: [],
    },
  ],
  n_rows: 2,
})
const quarantine = () => ({
  rows: Array.from({ length: 5 }, (_, n) => ({
    id: n + 1,
    file: 'ExportOrderList202003011200.csv',
    row: 17 + n * 31,
    column: n % 2 ? '买家实际支付金额' : '订单付款时间',
    value: n % 2 ? '壹佰元' : '2020-02-30 10:00',
    rule: n % 2 ? 'money' : 'time',
    reason: n % 2 ? T('金额里有文字', 'Letters in an amount') : T('没有这一天', 'No such day'),
    next:
      n % 2
        ? T('改成数字后重放', 'Write a number, then replay')
        : T('改成真实日期后重放', 'Write a real date, then replay'),
    cells: [
      { header: '订单编号', value: String(190000000000000100 + n) },
      { header: '订单付款时间', value: '2020-02-30 10:00' },
      { header: '买家实际支付金额', value: '壹佰元' },
      { header: '收货人姓名', value: '张**' },
    ],
  })),
  n_rows: 5,
  page: 1,
  pages: 1,
})

const TILES = {
  sentence: () => ({
    text: T(
      '2月净收入 ¥190.2万, 比1月 +4.1%; 主要来自 上海 (+¥12.4万) 与 广东 (+¥9.8万)。退款 ¥57.2万, 占支付金额 23.1%。',
      'Net revenue in February was ¥1.902M, +4.1% on January, mainly from Shanghai (+¥124K) and Guangdong (+¥98K). Refunds were ¥572.3K, 23.1% of paid amount.',
    ),
  }),
  kpis: (q) => ({ items: q.get('metric') ? [KPIS()[0]] : KPIS(), currency: 'CNY' }),
  kpi1: () => ({ items: [KPIS()[0]], currency: 'CNY' }),
  trend: (q) => ({
    unit: 'money',
    currency: 'CNY',
    x: DAYS.map(day),
    x_kind: 'date',
    marks: [],
    series: [
      { name: T('本期', 'This period'), values: DAYS.map((n) => wave(n, 85000, 16000)), role: 'current' },
      ...(q.get('compare')
        ? [
            {
              name: T('上期', 'Previous'),
              values: DAYS.map((n) => wave(n + 4, 76000, 14000)),
              role: 'compare',
            },
          ]
        : []),
    ],
  }),
  platforms: () => ({
    unit: 'money',
    currency: 'CNY',
    x: DAYS.map(day),
    x_kind: 'date',
    marks: [],
    series: [
      ['天猫', 'Tmall', 50000],
      ['抖店', 'Douyin', 25000],
      ['多多', 'Pinduoduo', 9000],
    ].map(([zh, en, base]) => ({
      name: T(zh, en),
      values: DAYS.map((n) => wave(n, base, base / 5)),
      role: 'current',
    })),
  }),
  province: (q) => ({
    unit: 'money',
    currency: 'CNY',
    x: PROVINCES,
    x_kind: 'category',
    marks: [],
    href: PROVINCES.map((p) => `/metrics/gmv_paid?where=${encodeURIComponent(`province=${p}`)}`),
    series: [
      {
        name: T('支付金额', 'Paid amount'),
        values: PROVINCES.map((_, n) => Math.round(326457.79 / (1 + n * 0.35))),
        role: 'current',
      },
      ...(q.get('compare')
        ? [
            {
              name: T('上期', 'Previous'),
              values: PROVINCES.map((_, n) => Math.round(300000 / (1 + n * 0.3))),
              role: 'compare',
            },
          ]
        : []),
    ],
  }),
  heat: () => ({
    unit: 'count',
    rows: ['一', '二', '三', '四', '五', '六', '日'].map((d, i) =>
      T(`周${d}`, ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][i]),
    ),
    cols: Array.from({ length: 24 }, (_, h) => T(`${h}时`, `${h}:00`)),
    values: Array.from({ length: 7 }, (_, d) =>
      Array.from({ length: 24 }, (_, h) =>
        Math.max(0, Math.round(90 + 70 * Math.sin((h - 8) / 4) + 30 * Math.sin((h - 18) / 2) + d * 5)),
      ),
    ),
    max: 210,
  }),
  findings: () => ({
    items: [
      {
        text: T(
          '内蒙古退款率 41.2%, 高于全店 18.1 个百分点',
          'Refund rate in Inner Mongolia is 41.2%, 18.1 pp above the shop',
        ),
        title: null,
        cause: null,
        money: 18230.5,
        currency: 'CNY',
        evidence: 'counted',
        href: '/metrics/refund_rate?where=province%3D%E5%86%85%E8%92%99%E5%8F%A4',
      },
      {
        text: T('2月20日支付金额是平日的 2.6 倍', 'Paid amount on 20 Feb was 2.6 times a usual day'),
        title: null,
        cause: null,
        money: 142000,
        currency: 'CNY',
        evidence: 'counted',
        href: '/metrics/gmv_paid?from=2020-02-20&to=2020-02-20',
      },
      {
        text: T('未付款订单 3,923 笔', '3,923 orders were never paid'),
        title: null,
        cause: null,
        money: 520937.54,
        currency: 'CNY',
        evidence: 'estimated',
        href: null,
      },
    ],
  }),
  uploads: () => ({
    text: T('利润缺成本: 100% 的销售额没有成本。', 'Profit lacks costs: 100% of sales have none.'),
    share: 1,
    items: [
      {
        title: T('支付宝 / 店铺账单', 'Settlement statement'),
        platform: T('千牛', 'Qianniu'),
        menu: T('千牛 › 财务 › 账单管理 › 明细下载', 'Qianniu › Finance › Statements › Download'),
        gives: T('平台扣点、运费险、到账金额', 'Fees, freight insurance, payouts'),
      },
      {
        title: T('宝贝成本表', 'Item costs'),
        platform: T('千牛', 'Qianniu'),
        menu: T('千牛 › 商品 › 商品成本 › 导出', 'Qianniu › Products › Costs › Export'),
        gives: T('毛利与利润', 'Gross margin and profit'),
      },
    ],
  }),
  costs: () => ({
    rows: [
      { category: '女装', revenue: 1203400, rate: 0.42 },
      { category: '配饰', revenue: 402100, rate: null },
      { category: '鞋靴', revenue: 288000, rate: null },
    ],
    currency: 'CNY',
    missing_share: 0.36,
  }),
  products: () => ({
    columns: [
      { key: 'title', label: T('商品', 'Product'), unit: 'text' },
      { key: 'orders', label: T('订单', 'Orders'), unit: 'count' },
      { key: 'units', label: T('件数', 'Units'), unit: 'count' },
      { key: 'gmv', label: T('支付金额', 'Paid'), unit: 'money' },
      { key: 'rate', label: T('退款率', 'Refund rate'), unit: 'ratio' },
    ],
    rows: Array.from({ length: 64 }, (_, n) => ({
      title: `春季新款针织开衫 ${n + 1} 号 宽松百搭`,
      orders: 900 - n * 11,
      units: 1100 - n * 13,
      gmv: 120034.5 - n * 1700.25,
      rate: 0.1 + (n % 9) / 50,
      _href: '/rows?metric=gmv_paid',
    })),
    total: { orders: 24087, units: 28010, gmv: 2474823.07, rate: 0.2313 },
    page: 1,
    pages: 1,
    n_rows: 64,
    currency: 'CNY',
  }),
  card: () => card,
}

function load(body) {
  const name = /filename="([^"]+)"/.exec(body)?.[1] ?? 'file.csv'
  const id = `j${++nJobs}`
  const hasStore = body.includes('name="store"')
  const hasMap = body.includes('name="map"')
  jobs.set(id, {
    id,
    name,
    started: Date.now(),
    fails: /ambiguous/.test(name) && !hasStore ? 'store' : /unknown/.test(name) && !hasMap ? 'format' : null,
  })
  return { job_id: id }
}

const LOAD_MS = 2500
function jobOf({ id, name, started, fails, kind = 'load' }) {
  const share = Math.min(1, (Date.now() - started) / LOAD_MS)
  const running = {
    id,
    kind,
    label: T(name, name),
    state: 'running',
    progress: {
      done: Math.round(28010 * share),
      total: 28010,
      unit: 'rows',
      rate: 112000,
      label: T('读取', 'Reading'),
    },
    result: null,
    error: null,
    created_at: '2026-11-21T09:12:00Z',
  }
  if (share < 1) return running
  if (fails === 'store')
    return {
      ...running,
      state: 'failed',
      error: {
        code: 'store_ambiguous',
        what: 'Two stores fit this file.',
        where: name,
        next: 'Choose one.',
        choices: [
          { shop_id: 1, name: '旗舰店' },
          { shop_id: 2, name: '专营店' },
        ],
      },
    }
  if (fails === 'format')
    return {
      ...running,
      state: 'failed',
      error: {
        code: 'unknown_format',
        what: 'The header of this file is not known.',
        where: `${name}, row 1`,
        next: 'Edit the map and load again.',
        map: 'table = "orders"\n\n[columns]\norder_id = "单号"\npaid_amount = "金额"\n',
      },
    }
  if (kind === 'replay') return { ...running, state: 'done', result: { accepted: 1, quarantined: 0 } }
  empty = false
  return {
    ...running,
    state: 'done',
    result: {
      files: [
        {
          file: name,
          format: 'taobao_orders_7',
          title: T('天猫订单报表, 2020年2月, 28,010 单', 'Tmall order report, February 2020, 28,010 orders'),
          store: '旗舰店',
          ...equation(28010, 27990, 0, 0, 15, 5),
          file_total: 2995760.61,
          ledger_total: 2995000.61,
          rounding: 0,
          currency: 'CNY',
          non_data: 2,
          issues: [
            {
              rule: 'no_such_date',
              message: 'no such day',
              message_zh: '没有这一天',
              n_rows: 15,
              column: '付款时间',
              detail: null,
            },
            {
              rule: 'no_order_id',
              message: 'no order number',
              message_zh: '没有订单号',
              n_rows: 5,
              column: null,
              detail: null,
            },
          ],
          notes: [],
          period: ['2020-02-01', '2020-02-29'],
        },
      ],
    },
  }
}

const error = (code, what) => ({
  error: { code, what, where: 'dev/fixtures.mjs', next: 'Try another page.' },
})

export function answer(method, url, body) {
  const path = url.pathname.replace('/api/v1', '')
  const part = path.split('/')
  if (method === 'POST') {
    if (path === '/load') return [200, load(body)]
    if (path === '/quarantine/replay') {
      const id = `j${++nJobs}`
      jobs.set(id, { id, name: 'replay', started: Date.now(), fails: null, kind: 'replay' })
      return [200, { job_id: id }]
    }
    if (path === '/demo') return [404, error('not_found', 'No demo here')]
    return [200, {}]
  }
  if (path === '/meta') return [200, meta()]
  if (path === '/pages') return [200, { pages: pages() }]
  if (path === '/metrics')
    return [
      200,
      {
        metrics: KPIS().map(({ metric, label, unit }) => ({
          name: metric,
          label,
          unit,
          definition: card.definition,
          formula: card.formula,
        })),
      },
    ]
  if (part[1] === 'metrics') return [200, { ...card, name: part[2] }]
  if (path === '/rows') return [200, rowsTable(Number(url.searchParams.get('page') ?? 1))]
  if (part[1] === 'source')
    return [
      200,
      {
        file: 'tmall_order_report.csv',
        row: Number(part[3]),
        format: 'taobao_orders_7',
        format_label: T('天猫订单报表（7列）', 'Tmall order report (7 columns)'),
        store: '旗舰店',
        batch: { loaded_at: '2026-11-21T09:12:00Z' },
        cells: [
          ['订单编号', '190000000000000021', 'order_id'],
          ['总金额', '178.8', 'order_amount'],
          ['买家实际支付金额', '178.8', 'paid_amount'],
          ['收货地址', '上海 ***', 'province'],
          ['订单创建时间', '2020-02-21 00:00:00', 'created_at'],
          ['订单付款时间', '2020-02-24 00:00:00', 'paid_at'],
          ['退款金额', '0', 'refund_amount'],
          ['备注', null, null],
        ].map(([header, value, column]) => ({ header, value, column })),
      },
    ]
  if (path === '/batches') return [200, empty ? { rows: [], n_rows: 0 } : batches()]
  if (path === '/quarantine') return [200, empty ? { rows: [], n_rows: 0 } : quarantine()]
  if (path === '/jobs') return [200, { jobs: [...jobs.values()].reverse().map(jobOf) }]
  if (part[1] === 'jobs')
    return jobs.has(part[2]) ? [200, jobOf(jobs.get(part[2]))] : [404, error('not_found', 'No such job')]
  const make = TILES[part[3]]
  if (part[1] === 'tiles' && make)
    return url.searchParams.get('platform') === 'douyin' && part[3] === 'heat'
      ? [500, error('broken', 'The heat map could not be computed')]
      : [200, make(url.searchParams)]
  return [404, error('not_found', `Nothing at ${path}`)]
}
