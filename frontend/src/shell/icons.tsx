import {
  AlertOutlined,
  AppstoreOutlined,
  BarChartOutlined,
  DashboardOutlined,
  DatabaseOutlined,
  FileTextOutlined,
  FunnelPlotOutlined,
  HomeOutlined,
  InboxOutlined,
  LineChartOutlined,
  PayCircleOutlined,
  SettingOutlined,
  TagsOutlined,
  TeamOutlined,
  ThunderboltOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'

const ICONS: Record<string, ComponentType> = {
  today: HomeOutlined,
  home: HomeOutlined,
  overview: LineChartOutlined,
  cockpit: DashboardOutlined,
  metrics: BarChartOutlined,
  customers: TeamOutlined,
  products: TagsOutlined,
  traffic: FunnelPlotOutlined,
  finance: PayCircleOutlined,
  inventory: InboxOutlined,
  actions: ThunderboltOutlined,
  alerts: AlertOutlined,
  reports: FileTextOutlined,
  data: DatabaseOutlined,
  settings: SettingOutlined,
}

/** The icon a room asks for, else its own, else a neutral one. */
export function RoomIcon({ icon, room }: { icon: string; room: string }) {
  const Icon = ICONS[icon] ?? ICONS[room] ?? AppstoreOutlined
  return <Icon aria-hidden />
}
