"""Words that headers of sales files use for our columns, in Chinese and in English; `|` stands between them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SALES_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "order_id": "订单号|订单编号|订单id|主订单号|主订单编号|交易编号|交易号|交易单号|平台订单号"
        "|线上订单号|销售单号|单据编号|单号|商户订单号|订单|order id|order no|order number|order|orderid"
        "|order name|invoice|invoice no|invoice number|basket id|transaction id|receipt no|sales order"
        "|so number|bill no|no|编号",
        "line_id": "子订单号|子订单编号|子订单id|子单号|明细号|明细编号|明细id|行号|商品单号|line id"
        "|line no|line number|item line id|order item id|lineitem id|order line id",
        "refund_id": "退款单号|退款编号|退款id|售后单号|售后编号|售后单|退货单号|服务单号|维权编号"
        "|refund id|refund no|return id|rma|return no|case id|after sale id",
        "created_at": "下单时间|创建时间|订单创建时间|订单时间|下单日期|订单日期|拍下时间|提交时间"
        "|订单提交时间|成交时间|销售时间|销售日期|交易时间|交易日期|开单日期|order date|order time|created at"
        "|created|creation date|date|datetime|invoice date|purchase date|placed at|order created|ordered at"
        "|timestamp|transaction date|transaction timestamp|sale date|order created at"
        "|order purchase timestamp|purchase timestamp|date created|time",
        "paid_at": "付款时间|支付时间|订单付款时间|买家付款时间|支付完成时间|付款日期|支付日期|付款确认时间"
        "|收款时间|paid at|payment date|payment time|paid date|date paid|order approved at|approved at"
        "|pay time|financial date",
        "shipped_at": "发货时间|发货日期|出库时间|订单发货时间|最近发货时间|shipped at|ship date"
        "|shipping date|fulfilled at|dispatch date|shipped date|order delivered carrier date|fulfillment date",
        "completed_at": "完成时间|交易完成时间|确认收货时间|收货时间|订单完成时间|订单完成结算时间"
        "|交易成功时间|completed at|completion date|delivered at|delivery date|order delivered customer date"
        "|received at|date completed|finished at",
        "applied_at": "申请时间|退款申请时间|售后申请时间|申请日期|发起时间|退货日期|applied at"
        "|requested at|request date|return date|refund requested at|opened at",
        "refunded_at": "退款时间|退款完成时间|退款完结时间|退款成功时间|完结时间|完成时间|到账时间|退款日期"
        "|商家退款时间|售后完结时间|处理时间|审核时间|refunded at|refund date|refund time|processed at"
        "|closed at",
        "modified_at": "更新时间|修改时间|最后修改时间|最近更新时间|modified at|updated at|last modified"
        "|update time|last updated",
        "status": "订单状态|状态|交易状态|单据状态|order status|status|state|fulfillment status"
        "|financial status|order state",
        "item_status": "商品状态|子订单状态|明细状态|行状态|line status|item status",
        "refund_status": "退款状态|售后状态|退货状态|维权状态|处理状态|商品售后|refund status|return status"
        "|refund state|case status|after sale status",
        "refund_type": "售后类型|退款类型|类型|申请类型|客户期望|服务类型|refund type|return type|case type"
        "|after sale type",
        "needs_return": "是否退货|是否需要退货|需要退货|needs return|goods return",
        "goods_status": "货物状态|商品发货状态|发货状态|出库状态|收货状态|goods status",
        "reason": "原因|退款原因|买家退款原因|售后原因|退货原因|申请原因|一级申请原因|reason|refund reason"
        "|return reason",
        "close_reason": "关闭原因|订单关闭原因|取消原因|cancel reason|close reason|cancellation reason",
        "product_id": "商品id|商品编号|商品编码|宝贝id|货品编号|货品编码|产品编号|产品id|款号|货号|商家编码"
        "|product id|product code|item id|item no|stock code|stockcode|handle|asin|spu|spu id|product"
        "|item code|lineitem product id|article|sku",
        "product_title": "商品标题|商品名称|商品名|宝贝标题|宝贝名称|标题|商品|货品名称|产品名称|品名"
        "|选购商品|product name|product title|title|item name|description|lineitem name|item title"
        "|product description|product|item|article name",
        "sku_id": "sku|sku编码|skuid|规格编码|规格id|外部系统编号|商家编码|商家sku编码|商家skuid"
        "|商品规格编码|条码|商品条码|货号|variant id|variant sku|lineitem sku|sku code|seller sku"
        "|merchant sku|barcode|ean|upc",
        "sku_spec": "规格|商品规格|商品属性|规格名称|颜色尺码|销售属性|sku规格|sku名称|型号|款式"
        "|specification|variant|variant title|option|attributes|size|lineitem variant",
        "category": "类目|分类|品类|商品类目|商品分类|商品类别|一级类目|三级类目|category|product category"
        "|product type|department|commodity",
        "brand": "品牌|商品品牌|牌子|brand|vendor|manufacturer|product brand",
        "quantity": "数量|商品数量|购买数量|件数|商品件数|成交数量|订购数量|销售数量|销量|宝贝总数量"
        "|sku件数|退货数量|quantity|qty|units|lineitem quantity|items|number of items|item quantity|pieces"
        "|count",
        "unit_price": "单价|商品单价|价格|商品价格|售价|销售单价|成交单价|标价|吊牌价|京东价|商品原价"
        "|unit price|price|item price|price each|lineitem price|list price|selling price|rate",
        "line_amount": "商品金额|商品总价|小计|金额|销售额|销售金额|行金额|货款|成交金额|line amount"
        "|line total|subtotal|sales value|amount|item total|extended price|sales|net sales|total price"
        "|revenue",
        "order_amount": "订单金额|总金额|订单总额|订单总价|应付总额|合计|总价|商品总金额|order amount"
        "|order total|total|grand total|total amount|total price|order value|invoice total|amount",
        "discount_amount": "优惠金额|折扣金额|优惠|折扣|总优惠|优惠总额|discount|discount amount"
        "|total discount|discounts|coupon amount",
        "shipping_amount": "运费|邮费|快递费|运费金额|买家应付邮费|订单运费|配送费|shipping|shipping amount"
        "|shipping fee|shipping cost|postage|freight|freight value|delivery fee",
        "paid_amount": "实付金额|实付款|买家实付金额|买家实际支付金额|支付金额|付款金额|实际支付金额"
        "|用户实付金额|实收金额|实付|已付金额|应付款|应付金额|订单应付金额|用户应付金额|订单实付金额"
        "|订单实际支付金额|paid amount|amount paid|paid|payment amount|total paid|payment|net amount",
        "refund_amount": "退款金额|买家退款金额|退款总额|申请退款金额|已退金额|退货金额|退商品金额|退款"
        "|refund amount|refund|refunded amount|amount refunded|refunds|return amount|refund total"
        "|total refunded",
        "line_paid_amount": "子订单实付金额|实付金额|买家实付金额|商品实付|商品实际成交金额|行实付|应付金额"
        "|订单应付金额|用户应付金额|买家实付|line paid amount|item paid|line net amount",
        "line_refund_amount": "子订单退款金额|商品已退款金额|商品退款金额|退款金额|line refund amount|item refund",
        "line_shipping_amount": "子订单运费|商品运费|line shipping",
        "merchant_discount": "商家承担优惠|商家实际承担优惠金额|店铺优惠|商家优惠|店铺优惠折扣|商家折扣"
        "|店铺券|merchant discount|shop discount|seller discount|store discount",
        "platform_discount": "平台承担优惠|平台实际承担优惠金额|平台优惠|平台补贴|平台优惠折扣|平台券"
        "|platform discount|platform subsidy",
        "creator_discount": "达人承担优惠|达人实际承担优惠金额|达人补贴|主播补贴|达人优惠|creator discount",
        "payment_discount": "支付优惠|支付渠道优惠|银行优惠|积分抵扣|payment discount|points discount",
        "receivable_amount": "商家应收|应收金额|商家应收金额|商家实收金额|结算金额|订单实际收款金额|应收款"
        "|receivable|receivable amount|merchant receivable|net payout",
        "line_merchant_discount": "商家实际承担优惠金额|店铺优惠|商家优惠|商家承担优惠"
        "|line merchant discount|line discount|item discount",
        "line_platform_discount": "平台实际承担优惠金额|平台优惠|平台补贴|商品平台券优惠|平台承担优惠"
        "|line platform discount",
        "line_creator_discount": "达人实际承担优惠金额|达人补贴|达人优惠|主播补贴|line creator discount",
        "line_payment_discount": "支付渠道优惠|支付优惠|line payment discount",
        "line_receivable_amount": "商家应收金额|应收金额|商家应收|line receivable",
        "cost_amount": "成本|成本价|采购价|进价|进货价|成本金额|cost|unit cost|cost price|cost per item|cogs|item cost",
        "currency": "币种|货币|币别|currency|currency code",
        "province": "省|省份|收货省份|收件省份|收货省|收货地址省|地区|省市|province|state|region"
        "|shipping province|shipping state|shipping province name",
        "city": "市|城市|收货城市|收件城市|收货市|收货地址市|city|town|shipping city",
        "country": "国家|国家地区|收货国家|country|country code|shipping country|nation",
        "channel": "渠道|来源渠道|订单来源|流量来源|订单渠道|销售渠道|流量体裁|下单渠道|channel|source"
        "|sales channel|source name|order source|utm source|medium",
        "campaign": "活动|活动名称|推广活动|营销活动|campaign|campaign name|utm campaign|promotion",
        "creator_id": "达人id|主播id|达人编号|cps达人id|带货账号|creator id|influencer id|affiliate id",
        "platform": "平台|销售平台|platform|marketplace",
        "store_name": "店铺名称|店铺|店名|网店名称|商家昵称|门店|门店名称|store|store name|shop|shop name|branch",
        "source_shop_id": "店铺id|平台店铺id|商家id|shop id|store id|merchant id|seller id",
        "buyer_id": "买家id|买家会员名|买家昵称|买家旺旺|旺旺|会员名|会员编号|会员号|会员id|用户id|用户编号|客户编号"
        "|客户id|下单账号|买家账号|customer id|buyer id|user id|household id|customer number|member id"
        "|customer no|buyer|customer|userid|client id|shopper id",
        "account": "支付账号|支付宝账号|买家支付宝账号|付款账号|账号|payment account|account|alipay account",
        "name": "姓名|客户姓名|会员姓名|name|customer name|full name|first name",
        "receiver_name": "收货人|收货人姓名|收件人|收件人姓名|收货人名称|客户姓名|receiver|recipient"
        "|shipping name|receiver name|ship to|recipient name",
        "phone": "手机|手机号|手机号码|联系电话|电话|联系手机|收货人手机|收货人电话|收件人手机|收件人电话"
        "|联系方式|phone|mobile|telephone|phone number|mobile number|shipping phone|tel",
        "email": "邮箱|电子邮箱|电子邮件|email|e mail|email address|customer email",
        "address": "地址|收货地址|收件人地址|收货人地址|详细地址|客户地址|address|shipping address|street"
        "|delivery address|shipping address1|full address",
    }
)
"""Words by canonical name."""
