"""客户价值与流失 What customers were and will be worth, and who is likely to stay away (catalogue M-CUST-05, F-02)."""
