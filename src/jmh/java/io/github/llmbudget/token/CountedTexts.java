package io.github.llmbudget.token;

import java.util.ArrayList;
import java.util.List;

/** Texts as models write and read them. */
final class CountedTexts {

    private static final String ENGLISH =
            "A refund takes up to five business days after we have received your parcel. If you paid by credit "
                    + "card, the amount appears on your next statement; with PayPal it's usually there the same evening. Please "
                    + "keep the receipt until then. Should anything be missing, write to support@example.com and mention order "
                    + "number 4711-0815, so that a colleague can look it up at once. Exchanges are free within 30 days, unless "
                    + "the item was reduced by more than 50%, in which case we'll offer you a voucher instead.\n\n";
    private static final String CHINESE = "收到您的包裹后,退款最多需要五个工作日。如果您使用信用卡付款,金额将显示在下一份账单上;"
            + "使用其他方式付款通常当晚即可到账。在此之前请保留收据。如有任何遗漏,请写信给我们并注明订单号,以便同事立即查找。\n";
    private static final String CODE = """
            {"orders":[{"id":"4711-0815","total":129.90,"currency":"EUR","refundable":true,"items":[
              {"sku":"SHOE-42","quantity":1,"price":89.95},{"sku":"SOCK-7","quantity":3,"price":13.32}]}]}
            public BigDecimal refund(Order order) {
                return order.items().stream().map(Item::price).reduce(BigDecimal.ZERO, BigDecimal::add);
            }
            """;

    private CountedTexts() {}

    static String english(int length) {
        return filled(ENGLISH, length);
    }

    static String chinese(int length) {
        return filled(CHINESE, length);
    }

    static String code(int length) {
        return filled(CODE, length);
    }

    private static String filled(String text, int length) {
        return text.repeat(length / text.length() + 1).substring(0, length);
    }

    static List<String> pieces(String text, int size) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); at += size) {
            pieces.add(text.substring(at, Math.min(text.length(), at + size)));
        }
        return pieces;
    }
}
