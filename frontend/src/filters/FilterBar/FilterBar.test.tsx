import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { draw, metaOf } from '../../testing/render'
import { FilterBar } from './FilterBar'

const ALL = ['platform', 'shop', 'channel', 'date', 'compare']
const address = () => screen.getByTestId('address').textContent

async function choose(filter: string, option: string) {
  await userEvent.click(screen.getByRole('combobox', { name: filter }))
  await userEvent.click(await screen.findByTitle(option))
}

it('a filter without choices is not offered', () => {
  draw(<FilterBar filters={ALL} meta={metaOf()} />)
  expect(screen.getByRole('combobox', { name: '平台' })).toBeTruthy()
  expect(screen.queryByRole('combobox', { name: '渠道' })).toBeNull()
})

it('a chosen value is written into the address', async () => {
  draw(<FilterBar filters={ALL} meta={metaOf()} />)
  await choose('平台', '京东')
  expect(address()).toBe('/?platform=jd')
})

it('a preset counts from the last day with data', async () => {
  draw(<FilterBar filters={ALL} meta={metaOf()} />)
  await choose('日期', '近7天')
  expect(address()).toBe('/?from=2020-02-23&to=2020-02-29')
})

it('no comparison leaves no trace in the address', async () => {
  draw(<FilterBar filters={ALL} meta={metaOf()} />, { at: '/?compare=year' })
  await choose('对比', '不对比')
  expect(address()).toBe('/')
})

it('a drill condition is shown in words and can be taken off', async () => {
  draw(<FilterBar filters={ALL} meta={metaOf()} />, {
    at: '/metrics/x?where=province%3D上海&where=platform%3Djd',
  })
  expect(screen.getByText('省份: 上海')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '取消筛选 省份: 上海' }))
  expect(address()).toBe('/metrics/x?where=platform%3Djd')
})

it('reset clears all filters', async () => {
  draw(<FilterBar filters={ALL} meta={metaOf()} />, { at: '/?platform=jd&from=2020-02-01&compare=year' })
  await userEvent.click(screen.getByRole('button', { name: '重置' }))
  expect(address()).toBe('/')
})
